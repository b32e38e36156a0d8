import { defineRule, type StandingInput } from './rule.ts';

/** R2: the listener holds the right (Medlyssning). */
export const r2ListenerRight = defineRule<StandingInput>(
  'R2',
  'ListenerRightMissing',
  'Entitlement.spec.right',
  ({ listener, now }) => listener?.mayListenAt(now),
);
