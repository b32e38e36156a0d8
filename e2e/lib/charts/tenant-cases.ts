type Values = Readonly<Record<string, unknown>>;

const company = {
  displayName: 'Acme',
  domains: ['acme.example'],
  country: 'SE',
  numberRanges: ['+468465004'],
};
const profiles = { inne: { displayName: 'Inne', allowListening: true }, lunch: {} };
const user = { displayName: 'Karin Ek', profiles: ['inne'] };
const header = 'name,displayName,extension,number,mobile,profiles,licenses';

/** Values of charts/medlyssning-tenant, by what they are about: every one in each of its positions. */
export const tenantCases: Readonly<Record<string, Values>> = {
  'as little as can be': { company },
  'a company that exists': {
    company: { create: false, name: 'acme' },
    profiles,
    users: { karin: user },
  },
  'all of a company': {
    company: {
      ...company,
      name: 'acme-kundservice',
      language: 'en',
      mediaPool: 'north',
      listening: {
        enabled: false,
        featureCode: '*29*',
        requires: { license: 'Pro', right: 'Listen' },
        allowedDevices: ['Desk'],
        maxListenersPerCall: 2,
        maxPolicyAgeSeconds: 60,
        sound: 'OneNote',
        internalCalls: 'Both',
      },
      audit: { retentionDays: 30 },
    },
  },
  'all of a user': {
    company,
    profiles,
    users: {
      'karin.ek': {
        ...user,
        extension: 401,
        number: '08-465 004 01',
        mobile: '+46701740611',
        app: 'karin-app@acme.example',
        desk: 'karin-desk@acme.example',
        softphone: 'karin-softphone@acme.example',
        browser: 'karin-browser@acme.example',
        profiles: ['inne', 'lunch'],
        subject: 'karin@acme.example',
        licenses: ['pro'],
        rights: ['medlyssning'],
        labels: { team: 'sommar' },
      },
    },
    licenses: { pro: { license: 'KundkontaktPro', seats: 10, validFrom: '2025-01-01T00:00:00Z' } },
    rights: { medlyssning: { right: 'Medlyssning', validUntil: '2099-01-01T00:00:00+01:00' } },
  },
  'a licence by label': {
    company,
    licenses: { pro: { selector: { matchLabels: { team: 'sommar' } }, validUntil: '2099-01-01T00:00:00Z' } },
  },
  'a CSV as a spreadsheet writes it': {
    company,
    profiles,
    usersCsv: '\ufeffname;displayName;profiles\r\nkarin;Ek, Karin;inne lunch\r\n\r\nbo;Bo Dahl;inne\r\n',
  },
  'everybody in a role': {
    company,
    roles: {
      companyAdministrators: ['User:helena@acme.example', 'Group:acme:administrators'],
      subAdministrators: ['User:eva@acme.example'],
      viewers: ['Group:acme:everybody'],
      pbx: ['ServiceAccount:telephony/kamailio'],
    },
  },
};

const csv = (...lines: readonly string[]): Values => ({
  company,
  profiles,
  licenses: { pro: {} },
  usersCsv: [header, ...lines].join('\n'),
});

/** Values that cannot be meant, and what the message says of them. */
export const wrongTenantValues: readonly (readonly [string, Values, RegExp])[] = [
  [
    'no name of the company',
    { company: { ...company, displayName: '' } },
    /company\.displayName is empty: write/,
  ],
  ['no domain', { company: { ...company, domains: [] } }, /company\.domains is empty: write/],
  ['no country', { company: { ...company, country: '' } }, /company\.country is empty: write/],
  ['a country that is none', { company: { ...company, country: 'Sverige' } }, /company.country.*\^/s],
  ['a bare NO for Norway', { company: { ...company, country: false } }, /company.country/],
  ['a value that is none', { company, user: {} }, /user/],
  ['a setting that is none', { company: { ...company, listening: { enable: true } } }, /enable/],
  ['a phone that is none', { company, profiles, users: { karin: { ...user, deks: 'a@b' } } }, /deks/],
  [
    'a number that is none',
    { company, profiles, users: { karin: { ...user, mobile: 'karin' } } },
    /karin.mobile/,
  ],
  [
    'an unknown profile',
    { company, profiles, users: { karin: { ...user, profiles: ['ute'] } } },
    /users\.karin: profiles names "ute", which is not among the values of profiles \(inne, lunch\)/,
  ],
  [
    'an unknown licence',
    { company, profiles, users: { karin: { ...user, licenses: ['pro'] } } },
    /users\.karin: licenses names "pro", .* \(there are none\)/,
  ],
  [
    'a licence for nobody known',
    { company, profiles, users: { karin: user }, licenses: { pro: { users: ['carin'] } } },
    /licenses\.pro: users names "carin"/,
  ],
  ['a right for nobody', { company, rights: { medlyssning: {} } }, /rights\.medlyssning names nobody/],
  ['a right by label', { company, rights: { medlyssning: { selector: {} } } }, /selector/],
  ['a role for nothing', { company, roles: { viewers: ['eva'] } }, /roles.viewers/],
  [
    'a column that is none',
    { company, usersCsv: 'name,nick' },
    /usersCsv line 1: there is no column "nick"; columns are name, /,
  ],
  ['a column twice', { company, usersCsv: 'name,name' }, /usersCsv line 1: the column "name" is there twice/],
  [
    'a column too few',
    { company, usersCsv: 'name,displayName' },
    /usersCsv line 1: the column "profiles" is missing/,
  ],
  ['a line too short', csv('karin,Karin Ek'), /usersCsv line 2 has 2 columns in place of 7/],
  ['quotation marks', csv('karin,"Ek, Karin",,,,inne,'), /usersCsv line 2 has quotation marks/],
  [
    'a name with capitals',
    csv('Karin,Karin Ek,,,,inne,'),
    /usersCsv line 2: name is "Karin"; write lower-case/,
  ],
  ['nobody', csv(',Karin Ek,,,,inne,'), /usersCsv line 2: name is ""/],
  [
    'somebody twice',
    csv('karin,Karin Ek,,,,inne,', 'karin,Karin Ek,,,,inne,'),
    /usersCsv line 3 \(karin\): there is a user of this name already, in usersCsv line 2/,
  ],
  [
    'a long extension',
    csv('karin,Karin Ek,4012345678,,,inne,'),
    /usersCsv line 2 \(karin\): extension is "4012345678"; write 2 to 8 digits/,
  ],
  [
    'a wrong number, shortened',
    csv('karin,Karin Ek,,+46x46500401,,inne,'),
    /usersCsv line 2 \(karin\): number is "\+46x4…"; write a number/,
  ],
  ['no profile', csv('karin,Karin Ek,,,,,'), /usersCsv line 2 \(karin\): profiles is empty/],
  [
    'an unknown profile in a CSV',
    csv('karin,Karin Ek,,,,inne ute,'),
    /usersCsv line 2 \(karin\): profiles names "ute"/,
  ],
  [
    'an unknown licence in a CSV',
    csv('karin,Karin Ek,,,,inne,por'),
    /usersCsv line 2 \(karin\): licenses names "por".*\(pro\)/,
  ],
];
