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
  const { words, asked } = about;
  const { device: named } = asked;
  return {
    evidence: [suppose(words.askingDevice, named ?? words.none), ...devicesOf(about)],
    toDo:
      named === undefined
        ? words.writeDevices
        : named === 'browser'
          ? words.writeSubject
          : words.addDevice(named),
  };
};

export const deviceAllowed: FindGround = (about) => {
  const { company, words } = about;
  if (!company) return { evidence: [] };
  const { allowedDevices } = company.spec.listening;
  const others = (about.facts.input.listener?.devices ?? []).filter(({ kind }) =>
    allowedDevices.includes(kind),
  );
  const names = [
    ...others.map(({ name }) => name),
    ...(allowedDevices.includes('Browser') ? [words.theBrowser] : []),
  ];
  return {
    evidence: [
      ...citeKind(about),
      cite(about, company, ['spec', 'listening', 'allowedDevices'], allowedDevices),
    ],
    toDo: names.length > 0 ? words.listenFrom(names.join(words.or)) : words.giveDevice,
  };
};

const citeKind = (about: About): readonly Evidence[] => {
  const { listener, input } = about.facts;
  const { device } = input;
  if (device.kind === 'unknown' || !listener) return [];
  const { name, kind } = device.device;
  const at = listener.spec.devices?.findIndex((one) => one.name === name) ?? -1;
  return at < 0
    ? [suppose(about.words.askingDevice, `${name} (${kind})`)]
    : [cite(about, listener, ['spec', 'devices', at, 'kind'], about.words.ofDevice(kind, name))];
};
