import type { AudibleId } from './cast.ts';

/** One turn of a conversation. */
export interface Line {
  readonly who: AudibleId;
  readonly text: string;
}

/** What Anna and her customer say, turn by turn; from the beginning again when the call lasts longer. */
export const conversation: readonly Line[] = [
  { who: 'customer', text: 'Hello, my parcel has not come.' },
  { who: 'anna', text: 'I am sorry to hear that. What is your order number?' },
  { who: 'customer', text: 'Four, seven, one, one.' },
  { who: 'anna', text: 'It left our store this morning. It will be with you before noon tomorrow.' },
  { who: 'customer', text: 'Splendid, thank you.' },
];

/** Bo's call, at the same time. */
export const otherConversation: readonly Line[] = [
  { who: 'caller', text: 'Do you sell bicycles?' },
  { who: 'bo', text: 'No, but we do repair them.' },
];

/** What those who listen say into their own phones. Nobody may hear it. */
export const asides: readonly Line[] = [
  { who: 'karin', text: 'This is Karin. Can anybody hear me?' },
  { who: 'sven', text: 'Sven speaking. Hello?' },
];
