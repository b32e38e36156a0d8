import { defineRule } from './rule.ts';

/** R11: the listener has no other call and no other listening, on any media node. */
export const r11LineFree = defineRule(
  'R11',
  'ListenerLineBusy',
  'Call',
  ({ line }) => line.calls === 0 && line.listens === 0,
);
