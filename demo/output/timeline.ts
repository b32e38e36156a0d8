import {
  type AdmissionReason,
  admissionReasons,
  type EndReason,
  endReasons,
  reasonText,
} from '@medlyssning/policy';
import { cast } from '../cast/cast.ts';
import type { ShowEvent } from '../show/show-event.ts';
import type { Paint, Style } from './paint.ts';
import { width, wrap } from './wrap.ts';

interface Text {
  readonly mark: ' ' | '✓' | '✗' | '◂';
  readonly style?: Style;
  readonly what: string;
  /** For people: as they see it. */
  readonly sentence?: string;
  /** The same in English where that differs. */
  readonly meaning?: string | undefined;
}

const nameWidth = 15;
/** Time, mark and name stand before it. */
const indent = 9 + 2 + nameWidth;

/** One event as lines of the timeline, at most 80 columns: time, who, what, and the sentence for people. */
export function timelineLines(event: ShowEvent, paint: Paint): readonly string[] {
  const { mark, style, what, sentence, meaning } = textOf(event);
  const time = `${(event.atMs / 1000).toFixed(2).padStart(6)} s`;
  const head = `${paint('faint', time)} ${painted(paint, style, mark)} ${cast[event.who].name.padEnd(nameWidth)}`;
  const [first = '', ...rest] = wrap(what, width - indent);
  const below = (text: string, as: Style) =>
    wrap(text, width - indent).map((line) => `${' '.repeat(indent)}${paint(as, line)}`);
  return [
    `${head}${painted(paint, style, first)}`,
    ...rest.map((line) => `${' '.repeat(indent)}${painted(paint, style, line)}`),
    ...(sentence === undefined ? [] : below(`“${sentence}”`, 'told')),
    ...(meaning === undefined || meaning === sentence ? [] : below(meaning, 'faint')),
  ];
}

function painted(paint: Paint, style: Style | undefined, text: string): string {
  return style === undefined ? text : paint(style, text);
}

function textOf(event: ShowEvent): Text {
  switch (event.kind) {
    case 'calls':
      return { mark: ' ', what: `calls ${cast[event.whom].name}` };
    case 'answers':
      return { mark: ' ', what: 'answers, and they talk' };
    case 'dials':
      return { mark: ' ', what: `dials ${event.dialled} from ${event.device}` };
    case 'hears':
      return {
        mark: '✓',
        style: 'good',
        what: `Allowed: hears both, ${event.firstAudioMs} ms after dialling`,
      };
    case 'refused':
      return {
        mark: '✗',
        style: 'bad',
        what: `${event.reason} (SIP ${event.status})`,
        sentence: event.sentence,
        meaning: meaningOf(event.reason),
      };
    case 'told':
      return { mark: '◂', what: 'reads on her phone', sentence: event.sentence };
    case 'hangsUp':
      return { mark: ' ', what: 'hangs up' };
    case 'cutOff':
      return { mark: ' ', what: `is hung up: ${event.reason}`, meaning: meaningOf(event.reason) };
  }
}

const reasons: ReadonlySet<string> = new Set([...admissionReasons, ...endReasons]);

function meaningOf(reason: string): string | undefined {
  return isReason(reason) ? reasonText(reason, 'en') : undefined;
}

function isReason(reason: string): reason is AdmissionReason | EndReason {
  return reasons.has(reason);
}
