import type { DeviceKind } from '@medlyssning/policy';
import type { Knowledge } from '../../../listen/gather.ts';
import type { Listen } from '../../../listen/listen.ts';
import type { Person } from '../../../registry/line-registry.ts';
import type { Caller } from '../sign-in.ts';
import { type ListenView, listenView } from './listen-view.ts';
import { type PersonView, samePerson } from './person-view.ts';

/** The one who asks. */
export interface MeView extends PersonView {
  readonly company: string;
  readonly language: 'sv' | 'en';
  readonly isAdministrator: boolean;
  /** Theirs, to listen on; `mayListen`: that kind may (R8); `callable`: it can be called to listen on. */
  readonly devices: readonly {
    readonly name: string;
    readonly kind: DeviceKind;
    readonly mayListen: boolean;
    readonly callable: boolean;
  }[];
  /** Who listens to them now (R6). */
  readonly listeners: readonly ListenView[];
  /** To whom they listen now. */
  readonly listening: ListenView | null;
}

/** `undefined` where the policy has them no longer. */
export const meView = (
  { index }: Pick<Knowledge, 'index'>,
  { isAdministrator }: Pick<Caller, 'isAdministrator'>,
  person: Person,
  listens: readonly Listen[],
): MeView | undefined => {
  const row = index.userByName(person.company, person.name);
  const company = index.company(person.company);
  if (!row || !company) return undefined;
  const own = listens.find(({ listener }) => samePerson(listener, person));
  return {
    user: row.name,
    displayName: row.displayName,
    company: company.displayName,
    language: company.language,
    isAdministrator,
    devices: row.devices.map(({ name, kind, address }) => ({
      name,
      kind,
      callable: address !== undefined,
      mayListen: company.listening.allowedDevices.includes(kind),
    })),
    listeners: listens
      .filter(({ target, joinedAt }) => joinedAt !== undefined && samePerson(target, person))
      .map((listen) => listenView(index, listen)),
    listening: own ? listenView(index, own) : null,
  };
};
