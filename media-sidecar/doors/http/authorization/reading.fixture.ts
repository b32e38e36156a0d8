import { forbidden, machinesNot, type Row, strangers, unknown, unlisted } from './row.fixture.ts';

const attemptsIn = ({
  attempts,
}: {
  attempts: { listener: { user: string }; target: { user: string | null }; reason: string }[];
}) => attempts.map(({ listener, target, reason }) => `${listener.user}>${target.user} ${reason}`).join();

const holdersTold =
  '200 filip ListenerLicenseMissing,greta browser,karin ListenerLineBusy,sven ListenerLineBusy';

/** What shows something. */
export const reading: readonly Row[] = [
  {
    route: 'GET /v1/colleagues',
    send: () => ['/v1/colleagues'],
    // of Anna, who is in a call: may I listen, why not, is she in a call
    shows: ({ colleagues }: { colleagues: { user: string; reason: string; inCall: boolean | null }[] }) =>
      colleagues
        .flatMap(({ user, reason, inCall }) => (user === 'anna' ? [`${reason} ${inCall}`] : []))
        .join() || colleagues.map(({ user }) => user).join(),
    expected: {
      ...strangers,
      ...machinesNot,
      'no User': unlisted,
      'other company': '200 nils,olga',
      'administrator of another': '200 nils,olga',
      'without rights': '200 ListenerRightMissing null',
      listener: '200 ListenerLineBusy true',
      'other listener': '200 ListenerLineBusy true',
      target: '200 bo,cilla,eva,filip,greta,helena,ivar,johan,karin,lena,sven',
      administrator: '200 ListenerLicenseMissing null',
    },
  },
  {
    route: 'GET /v1/listens',
    send: () => ['/v1/listens?company=acme'],
    shows: ({ listens }: { listens: { listener: { user: string } }[] }) =>
      `[${listens.map(({ listener }) => listener.user).join()}]`,
    expected: {
      ...strangers,
      'no User': '200 []',
      'other company': '200 []',
      'administrator of another': '200 []',
      'without rights': '200 []',
      listener: '200 [karin]',
      'other listener': '200 [sven]',
      target: '200 [karin]',
      administrator: '200 [karin,sven]',
      PBX: forbidden,
      machine: '200 [karin,sven]',
    },
  },
  ...['', '/whep'].map(
    (resource): Row => ({
      route: `GET /v1/listens/{id}${resource}`,
      send: ({ karinsListen }) => [`/v1/listens/${karinsListen}${resource}`],
      expected: {
        ...strangers,
        ...machinesNot,
        'no User': unknown,
        'other company': unknown,
        'administrator of another': unknown,
        'without rights': unknown,
        listener: '204 ',
        'other listener': unknown,
        target: '204 ',
        administrator: '204 ',
      },
    }),
  ),
  {
    route: 'GET /v1/listens of another company',
    send: () => ['/v1/listens?company=beta'],
    shows: ({ listens }: { listens: readonly object[] }) => String(listens.length),
    expected: {
      ...strangers,
      'no User': '200 0',
      'other company': '200 0',
      'administrator of another': '200 0',
      'without rights': '200 0',
      listener: '200 1',
      'other listener': '200 1',
      target: '200 1',
      administrator: '200 2',
      PBX: forbidden,
      machine: forbidden,
    },
  },
  {
    route: 'GET /v1/explain of Karin',
    send: () => ['/v1/explain?listener=karin&target=bo&company=acme'],
    // an administrator is shown what lies behind the first refusal
    shows: ({ reason, rules }: { reason: string; rules: readonly object[] }) => `${reason} ${rules.length}`,
    expected: {
      ...strangers,
      'no User': unlisted,
      'other company': forbidden,
      'administrator of another': '200 ListenerUnknown 16',
      'without rights': forbidden,
      listener: '200 TargetNotInCall 12',
      'other listener': forbidden,
      target: forbidden,
      administrator: '200 TargetNotInCall 16',
      PBX: forbidden,
      machine: '200 TargetNotInCall 16',
    },
  },
  {
    route: 'GET /v1/who-can-listen to Anna',
    send: () => ['/v1/who-can-listen?target=anna&company=acme'],
    shows: ({ listeners }: { listeners: { user: string; from: string[]; reason: string }[] }) =>
      listeners.map(({ user, from, reason }) => `${user} ${from.join('+') || reason}`).join(),
    expected: {
      ...strangers,
      'no User': forbidden,
      'other company': forbidden,
      'administrator of another': '404 TargetUnknown',
      'without rights': forbidden,
      listener: forbidden,
      'other listener': forbidden,
      target: forbidden,
      administrator: holdersTold,
      PBX: forbidden,
      machine: holdersTold,
    },
  },
  {
    route: 'GET /v1/events',
    send: () => ['/v1/events'],
    expected: {
      ...strangers,
      ...machinesNot,
      'no User': unlisted,
      'other company': '200 event: refresh',
      'administrator of another': '200 event: refresh',
      'without rights': '200 event: refresh',
      listener: '200 event: refresh',
      'other listener': '200 event: refresh',
      target: '200 event: refresh',
      administrator: '200 event: refresh',
    },
  },
  {
    route: 'GET /v1/audit',
    send: () => ['/v1/audit'],
    shows: attemptsIn,
    expected: {
      ...strangers,
      ...machinesNot,
      'no User': unlisted,
      'other company': '200 maja>null TargetUnknown',
      'administrator of another': '200 maja>null TargetUnknown',
      'without rights': '200 eva>null ListenerRightMissing',
      listener: '200 karin>anna Allowed',
      'other listener': '200 sven>anna Allowed',
      target: '200 karin>anna Allowed',
      administrator: '200 eva>anna ListenerRightMissing,sven>anna Allowed,karin>anna Allowed',
    },
  },
  {
    route: 'GET /v1/audit/export',
    send: () => ['/v1/audit/export'],
    // whose rows, of what kind; and how many are withheld before them
    shows: ({ rows }: { rows: { company?: string; kind?: string; seq: number; through?: number }[] }) =>
      rows
        .map(({ company, kind, seq, through }) =>
          through === undefined ? `${company} ${kind}` : `${through - seq + 1} withheld`,
        )
        .join(),
    expected: {
      ...strangers,
      ...machinesNot,
      'no User': unlisted,
      'other company': forbidden,
      'administrator of another': '200 4 withheld,beta/beta attempt',
      'without rights': forbidden,
      listener: forbidden,
      'other listener': forbidden,
      target: forbidden,
      administrator: '200 acme/acme attempt,acme/acme start,acme/acme attempt,acme/acme attempt',
    },
  },
  {
    route: 'GET /v1/audit with Anna',
    send: () => ['/v1/audit?person=anna'],
    shows: attemptsIn,
    expected: {
      ...strangers,
      ...machinesNot,
      'no User': unlisted,
      'other company': '200 ',
      'administrator of another': '200 ',
      'without rights': '200 ',
      listener: '200 karin>anna Allowed',
      'other listener': '200 sven>anna Allowed',
      target: '200 karin>anna Allowed',
      administrator: '200 eva>anna ListenerRightMissing,sven>anna Allowed,karin>anna Allowed',
    },
  },
];
