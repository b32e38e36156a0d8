/** A person, wherever they are: `company` is `namespace/name`, `name` the User's `metadata.name`. */
export interface Person {
  readonly company: string;
  readonly name: string;
}

/** One line in use by a listen, from the moment it is admitted until it has ended. */
export interface LineClaim {
  release(): void;
}

/**
 * Who is listening to which call, on every media node (R11, and the limit of listeners). Claims are taken in the same
 * turn as the decision they rest on, so that two asks at once cannot both find the line free.
 */
export interface LineRegistry {
  /** Listens up or being set up by this person. */
  listensOf(person: Person): number;
  /** Listens up or being set up on this call. */
  listenersOn(callId: string): number;
  claim(person: Person, callId: string): LineClaim;
}
