import { type About, cite, type Evidence, type FindGround, suppose } from '../about.ts';

const devicesOf = (about: About): readonly Evidence[] => {
  const { listener } = about.facts;
  if (!listener) return [];
  const { devices = [] } = listener.spec;
  const names = devices.map(({ name, kind }) => `${name} (${kind})`);
  return [cite(about, listener, ['spec', 'devices'], names)];
};

export const deviceKnown: FindGround = (about) => {
  const { device } = about.facts.input;
  if (device.kind === 'known') return { evidence: citeKind(about) };
  if (!about.facts.listener) return { evidence: [] };
  const { device: named } = about.asked;
  return {
    evidence: [suppose('asking device', named ?? 'none'), ...devicesOf(about)],
    toDo:
      named === undefined
        ? 'Write the devices of the User: a number or an address each, and its kind.'
        : named === 'browser'
          ? 'Write spec.subject, the login of the User, which nobody else may have: a browser is whose login it shows.'
          : `Add ${named} to spec.devices of the User, or let the PBX name one of those there in X-Device.`,
  };
};

export const deviceAllowed: FindGround = (about) => {
  const { company } = about;
  if (!company) return { evidence: [] };
  const { allowedDevices } = company.spec.listening;
  const others = (about.facts.input.listener?.devices ?? []).filter(({ kind }) =>
    allowedDevices.includes(kind),
  );
  const names = [
    ...others.map(({ name }) => name),
    ...(allowedDevices.includes('Browser') ? ['the browser'] : []),
  ];
  return {
    evidence: [
      ...citeKind(about),
      cite(about, company, ['spec', 'listening', 'allowedDevices'], allowedDevices),
    ],
    toDo:
      names.length > 0
        ? `Listen from ${names.join(' or ')}.`
        : 'Give the User a device of an allowed kind, or allow this kind in the Company.',
  };
};

const citeKind = (about: About): readonly Evidence[] => {
  const { listener, input } = about.facts;
  const { device } = input;
  if (device.kind === 'unknown' || !listener) return [];
  const { name, kind } = device.device;
  const at = listener.spec.devices?.findIndex((one) => one.name === name) ?? -1;
  return at < 0
    ? [suppose('asking device', `${name} (${kind})`)]
    : [cite(about, listener, ['spec', 'devices', at, 'kind'], `${kind}, device ${name}`)];
};
