import { browserOffer } from '../browser-offer.fixture.ts';
import type { CallerName, Scene } from './scene.fixture.ts';

/** What a caller is answered: the status, and the reason or what is shown. */
export type Expected = Readonly<Record<CallerName, string>>;

/** One request, and what each caller is answered. */
export interface Row {
  readonly route: string;
  readonly send: (scene: Scene) => readonly [path: string, options?: RequestInit];
  readonly shows?: (body: never) => string;
  readonly expected: Expected;
}

export const no = '401 Unauthenticated';
export const strangers = { nobody: no, expired: no, 'wrong audience': no };
export const machinesNot = { PBX: no, machine: no };
export const unknown = '404 ListenUnknown';
export const forbidden = '403 Forbidden';
export const unlisted = '403 ListenerUnknown';

export const json = (body: object, method = 'POST'): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
export const sdp: RequestInit = {
  method: 'POST',
  headers: { 'content-type': 'application/sdp' },
  body: browserOffer,
};
