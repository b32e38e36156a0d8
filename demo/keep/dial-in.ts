import type { Paint } from '../output/paint.ts';
import { width, wrap } from '../output/wrap.ts';

/** Where one listens in a browser, where the HTTP API is asked, and where an own softphone registers. */
export interface DialIn {
  readonly host: string;
  readonly port: number;
  /** Digest password of an account `user@domain`. */
  readonly passwordOf: (account: string) => string;
  /** Address of the web console and of the HTTP API. */
  readonly console: string;
  /** Address of the issuer of tokens. */
  readonly issuer: string;
  /** The file that the records go to while it runs. */
  readonly audit: string;
}

/** Accounts that differ in what they may. */
const accounts = [
  ['karin-desk@acme.example', 'may listen'],
  ['karin-app@acme.example', 'app: DeviceNotAllowed'],
  ['eva-desk@acme.example', 'ListenerRightMissing'],
  ['filip-desk@acme.example', 'ListenerLicenseMissing'],
  ['maja-desk@beta.example', 'another company'],
] as const;

const dialled = [
  ['*28*0846500403', 'Anna: her call goes on and on'],
  ['*28*403', 'Anna again, by extension'],
  ['*28*0846500404', 'Bo, in a call at lunch: ProfileForbids'],
  ['*28*0846500412', 'Lena: TargetNotInCall'],
] as const;

/** How to listen in a browser, how to ask the HTTP API, and how to dial in with an own softphone. */
export function dialInLines(
  { host, port, passwordOf, console, issuer, audit }: DialIn,
  paint: Paint,
): readonly string[] {
  return [
    '',
    paint('strong', 'Listen in the browser'),
    '',
    `  Open            ${console}`,
    '  Sign in         choose Karin Ek, who may listen; no password is asked',
    '  Listen          the handset beside Anna Berg, and last in it: Medlyssna',
    '  Be listened to  in another browser profile, or privately, as Anna Berg',
    '',
    paint('strong', 'Ask the HTTP API'),
    '',
    '  In a shell, as Karin; her token lasts 8 hours:',
    '',
    `  token=$(curl -s '${issuer}/token?login_hint=karin@acme.example')`,
    `  curl -H "Authorization: Bearer $token" ${console}/v1/colleagues`,
    '',
    paint('strong', 'Listen with a softphone of your own'),
    ...wrap(
      `It must run on this machine: everything here is on ${host}. Calls and audio go through it until Ctrl-C.`,
      width - 2,
    ).map((line) => `  ${line}`),
    '',
    `  Registrar       sip:${host}:${port} (UDP or TCP; as outbound proxy, too)`,
    '  Codecs          PCMA, PCMU',
    '',
    '  Account                   Password',
    ...accounts.map(
      ([account, what]) => `  ${account.padEnd(25)} ${passwordOf(account)}  ${paint('faint', what)}`,
    ),
    paint('faint', '  The user name is what stands before the @, the domain what stands after it.'),
    '',
    '  Dial',
    ...dialled.map(([number, what]) => `  ${number.padEnd(25)} ${what}`),
    '',
    `  Audit records   ${audit}`,
    '  End             Ctrl-C',
    '',
  ];
}
