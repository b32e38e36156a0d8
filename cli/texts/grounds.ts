import type { Language } from '@medlyssning/policy';

/** What rules looked at and what to do about it, in both languages. Names of fields, kinds and reasons are the API's own. */
const en = {
  nothing: 'nothing',
  call: 'call',
  answered: 'answered, as supposed',
  noCall: 'none, as supposed',
  awaitCall: (target: string) =>
    `Wait until ${target} is in an answered call. A phone that only rings is not.`,
  callBegan: 'call began',
  awaitNextCall:
    'Wait for the next call. This one began before the active profile is known to have been active.',
  awaitProfile:
    'Wait for a call that begins in a profile which allows listening, or set spec.allowListening of that Profile to true. A switch of profile changes nothing for a call that is going on.',
  sinceAlways: (profile: string) => `${profile}, since always`,
  firstProfile: (profile: string) => `${profile}, the first, since none is said to be active`,
  profile: 'profile',
  noProfile: (name: string) => `no Profile ${name} of the company`,
  line: "the listener's line",
  busy: 'busy, as supposed',
  free: 'free, as supposed',
  endOtherCall: 'End the other call, or the other listening, on every device.',
  listenersOnCall: 'listeners on the call',
  asSupposed: (count: number) => `${count}, as supposed`,
  awaitRoom: 'Wait until one of them stops, or raise maxListenersPerCall of the Company.',
  askingDevice: 'asking device',
  none: 'none',
  ofDevice: (kind: string, device: string) => `${kind}, device ${device}`,
  writeDevices: 'Write the devices of the User: a number or an address each, and its kind.',
  writeSubject:
    'Write spec.subject, the login of the User, which nobody else may have: a browser is whose login it shows.',
  addDevice: (device: string) =>
    `Add ${device} to spec.devices of the User, or let the PBX name one of those there in X-Device.`,
  theBrowser: 'the browser',
  or: ' or ',
  listenFrom: (devices: string) => `Listen from ${devices}.`,
  giveDevice: 'Give the User a device of an allowed kind, or allow this kind in the Company.',
  selects: 'selects the labels of the User',
  selectsNot: 'does not select the labels of the User',
  namesNot: (user: string) => `does not name ${user}`,
  allTaken: (seats: number | undefined) => `${seats}, all taken`,
  noTime: 'no time that can be read',
  onlyCompanyAdministrator: ' Only an administrator of the whole company may (R3).',
  buySeats: (entitlement: string) =>
    `Buy seats and raise spec.seats of ${entitlement}, or take somebody out of it.`,
  renew: (entitlement: string) => `Renew ${entitlement}: write a later spec.validUntil, or none.`,
  awaitBegin: (entitlement: string) =>
    `Wait until ${entitlement} begins, or write an earlier spec.validFrom.`,
  writeValidity: (entitlement: string) =>
    `Write spec.validFrom and spec.validUntil of ${entitlement} like 2026-01-31T08:00:00Z.`,
  giveLabels: (user: string, entitlement: string) =>
    `Give ${user} the labels that ${entitlement} selects, or a named Entitlement.`,
  addUser: (user: string, entitlement: string) => `Add ${user} to spec.users of ${entitlement}.`,
  makeEntitlement: (kind: string, name: string, user: string, company: string) =>
    `Make an Entitlement with ${kind}: ${name} and users: [${user}] for the company ${company}.`,
  listener: 'listener',
  noUserIn: (user: string, where: string) => `no User ${user} in ${where}`,
  nameListener: (isCluster: boolean) =>
    `Name a User by its metadata.name, as namespace/name, or by its number${isCluster ? ', or the namespace by -n' : ''}.`,
  companyGoing: 'The company is being removed, or its objects cannot be read; see what validate says.',
  noCompany: (company: string) =>
    `There is no Company ${company}; make it, or move the User to a company that there is.`,
  enable: 'Set spec.listening.enabled of the Company to true, or leave it out.',
  policyAge: 'age of the policy',
  seconds: (count: number) => `${count} s`,
  refreshPolicy:
    'See why the media node cannot reach its source of policy: its log and /readyz say it. Calls are not touched meanwhile.',
  otherCompany:
    'Nothing: nobody listens to another company. The listener is told that the number names no colleague.',
  doesNotCount: (number: string) => `${number}, which does not count`,
  target: 'target',
  noUserInCompany: (user: string) => `no User ${user} in the company`,
  nameTarget: 'Name a User of the company by its metadata.name, fixed number or extension.',
  nameAnother: 'Name somebody else.',
  didYouMean: (name: string) => ` Did you mean ${name}?`,
  nothingWritten: (reason: string) =>
    `Media nodes answer ${reason}: the operator has written no ForkPolicy here that can be read. Is it running?`,
  notCompiled: (reason: string) =>
    `Media nodes answer ${reason} still: the operator has not compiled these objects yet, or cannot. Is it running?`,
  countsForNothing: (problem: string) => `Counts for nothing: ${problem}`,
  notReady: (object: string, reason: string, message: string) =>
    `${object} is not Ready (${reason}): ${message}`,
};

export type Grounds = typeof en;

const sv: Grounds = {
  nothing: 'ingenting',
  call: 'samtal',
  answered: 'besvarat, som antaget',
  noCall: 'inget, som antaget',
  awaitCall: (target) =>
    `Vänta tills ${target} är i ett besvarat samtal. En telefon som bara ringer är det inte.`,
  callBegan: 'samtalet började',
  awaitNextCall: 'Vänta på nästa samtal. Det här började innan man vet att den aktiva profilen gällde.',
  awaitProfile:
    'Vänta på ett samtal som börjar i en profil som tillåter medlyssning, eller sätt spec.allowListening i den Profile till true. Ett profilbyte ändrar ingenting för ett samtal som pågår.',
  sinceAlways: (profile) => `${profile}, sedan alltid`,
  firstProfile: (profile) => `${profile}, den första, eftersom ingen sägs vara aktiv`,
  profile: 'profil',
  noProfile: (name) => `företaget har ingen Profile ${name}`,
  line: 'lyssnarens linje',
  busy: 'upptagen, som antaget',
  free: 'ledig, som antaget',
  endOtherCall: 'Avsluta det andra samtalet, eller den andra medlyssningen, på alla enheter.',
  listenersOnCall: 'lyssnar på samtalet',
  asSupposed: (count) => `${count}, som antaget`,
  awaitRoom: 'Vänta tills någon av dem slutar, eller höj maxListenersPerCall i Company.',
  askingDevice: 'frågande enhet',
  none: 'ingen',
  ofDevice: (kind, device) => `${kind}, enheten ${device}`,
  writeDevices: 'Skriv in enheterna i User: ett nummer eller en adress var, och vilken sort det är.',
  writeSubject:
    'Skriv spec.subject, inloggningen i User, som ingen annan får ha: en webbläsare är dens vars inloggning den visar.',
  addDevice: (device) =>
    `Lägg till ${device} i spec.devices i User, eller låt växeln nämna en av dem som står där i X-Device.`,
  theBrowser: 'webbläsaren',
  or: ' eller ',
  listenFrom: (devices) => `Lyssna från ${devices}.`,
  giveDevice: 'Ge User en enhet av en tillåten sort, eller tillåt den här sorten i Company.',
  selects: 'väljer etiketterna på User',
  selectsNot: 'väljer inte etiketterna på User',
  namesNot: (user) => `nämner inte ${user}`,
  allTaken: (seats) => `${seats}, alla tagna`,
  noTime: 'ingen tid som går att läsa',
  onlyCompanyAdministrator: ' Bara en administratör för hela företaget får det (R3).',
  buySeats: (entitlement) =>
    `Köp fler platser och höj spec.seats i ${entitlement}, eller ta bort någon därifrån.`,
  renew: (entitlement) => `Förnya ${entitlement}: skriv ett senare spec.validUntil, eller inget.`,
  awaitBegin: (entitlement) =>
    `Vänta tills ${entitlement} börjar gälla, eller skriv ett tidigare spec.validFrom.`,
  writeValidity: (entitlement) =>
    `Skriv spec.validFrom och spec.validUntil i ${entitlement} som 2026-01-31T08:00:00Z.`,
  giveLabels: (user, entitlement) =>
    `Ge ${user} de etiketter som ${entitlement} väljer, eller en egen Entitlement.`,
  addUser: (user, entitlement) => `Lägg till ${user} i spec.users i ${entitlement}.`,
  makeEntitlement: (kind, name, user, company) =>
    `Gör en Entitlement med ${kind}: ${name} och users: [${user}] för företaget ${company}.`,
  listener: 'lyssnare',
  noUserIn: (user, where) => `ingen User ${user} i ${where}`,
  nameListener: (isCluster) =>
    `Nämn en User vid dess metadata.name, som namespace/name, eller vid numret${isCluster ? ', eller namnrymden med -n' : ''}.`,
  companyGoing:
    'Företaget håller på att tas bort, eller dess objekt går inte att läsa; se vad validate säger.',
  noCompany: (company) =>
    `Det finns ingen Company ${company}; gör den, eller flytta User till ett företag som finns.`,
  enable: 'Sätt spec.listening.enabled i Company till true, eller ta bort raden.',
  policyAge: 'reglernas ålder',
  seconds: (count) => `${count} s`,
  refreshPolicy:
    'Se varför medianoden inte når sin källa till regler: det står i dess logg och på /readyz. Samtalen berörs inte under tiden.',
  otherCompany:
    'Ingenting: ingen lyssnar på ett annat företag. Den som ville lyssna får höra att numret inte hör till någon kollega.',
  doesNotCount: (number) => `${number}, som inte räknas`,
  target: 'kollega',
  noUserInCompany: (user) => `ingen User ${user} i företaget`,
  nameTarget: 'Nämn en User i företaget vid dess metadata.name, fasta nummer eller anknytning.',
  nameAnother: 'Nämn någon annan.',
  didYouMean: (name) => ` Menade du ${name}?`,
  nothingWritten: (reason) =>
    `Medianoderna svarar ${reason}: operatorn har inte skrivit någon ForkPolicy här som går att läsa. Är den igång?`,
  notCompiled: (reason) =>
    `Medianoderna svarar fortfarande ${reason}: operatorn har inte kompilerat de här objekten än, eller kan inte. Är den igång?`,
  countsForNothing: (problem) => `Räknas inte: ${problem}`,
  notReady: (object, reason, message) => `${object} är inte Ready (${reason}): ${message}`,
};

export const grounds: Readonly<Record<Language, Grounds>> = { en, sv };
