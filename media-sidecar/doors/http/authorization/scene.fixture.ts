import { administratorRole } from '@medlyssning/tools/development-issuer/start-development-issuer.ts';
import { type OpenDoor, openDoor } from '../http-door.fixture.ts';
import { json } from './row.fixture.ts';

/** What there is to be asked about. */
export interface Scene {
  readonly door: OpenDoor;
  readonly karinsListen: string;
  readonly svensListen: string;
}

/**
 * Karin listens to Anna; Sven was admitted, and his browser has not come with its offer. Eva, who may not, and Maja of another company have
 * asked for Anna too.
 */
export const openScene = async (opened: Promise<OpenDoor> = openDoor()): Promise<Scene> => {
  const door = await opened;
  const karin = await door.stage.ask('karin-desk');
  if (karin.kind !== 'joined') throw new Error(karin.reason);
  const asks = async (subject: string) =>
    door.send('/v1/listens', await door.issuer.token(subject), json({ target: 'anna', on: 'browser' }));
  const sven = await asks('sven@acme.example');
  await asks('eva@acme.example');
  await asks('maja@beta.example');
  return { door, karinsListen: karin.listen.id, svensListen: ((await sven.json()) as { id: string }).id };
};

/** Tokens of everybody who may come. */
export const callers = {
  nobody: async () => undefined,
  expired: ({ issuer }) => issuer.token('karin@acme.example', { expiresIn: -60 }),
  'wrong audience': ({ issuer }) => issuer.token('karin@acme.example', { audience: 'other' }),
  'no User': ({ issuer }) => issuer.token('somebody@acme.example'),
  'other company': ({ issuer }) => issuer.token('maja@beta.example'),
  'administrator of another': ({ issuer }) =>
    issuer.token('maja@beta.example', { roles: [administratorRole] }),
  'without rights': ({ issuer }) => issuer.token('eva@acme.example'),
  listener: ({ issuer }) => issuer.token('karin@acme.example'),
  'other listener': ({ issuer }) => issuer.token('sven@acme.example'),
  target: ({ issuer }) => issuer.token('anna@acme.example'),
  administrator: ({ issuer }) => issuer.token('helena@acme.example', { roles: [administratorRole] }),
  PBX: async () => 'pbx-token',
  machine: async () => 'machine-token',
} as const satisfies Readonly<Record<string, (door: OpenDoor) => Promise<string | undefined>>>;

export type CallerName = keyof typeof callers;
