import { printMatrix } from '@medlyssning/e2e/lib/audio/index.ts';
import { audible, cast } from '../cast/cast.ts';
import type { Paint } from './paint.ts';
import { picture } from './picture.ts';
import type { Report } from './report.ts';
import { width, wrap } from './wrap.ts';

/** The four whose ears the show is about. */
const ears = ['customer', 'anna', 'karin', 'sven'] as const;

/** What is printed after the timeline: picture, table, figures, and how to go on. */
export function summaryLines(report: Report, paint: Paint): readonly string[] {
  const { result } = report;
  const sounds = result.sounds.map(({ anna }) => anna.at);
  const rows = ears.flatMap((who) => {
    const heard = result.recordings.get(who);
    return heard ? [{ name: cast[who].name, heard, ...(who === 'anna' ? { sounds } : {}) }] : [];
  });
  const names = new Map<string, string>(
    audible.map((who) => [who, cast[who].name.replace(/^The |^Another /, '')]),
  );
  const matrix = result.matrix.map(({ ear, cells }) => ({
    ear: names.get(ear) ?? ear,
    cells: cells.map((cell) => ({
      ...cell,
      speaker: (names.get(cell.speaker) ?? cell.speaker).split(' ')[0] ?? '',
    })),
  }));
  return [
    '',
    paint('strong', 'What each person heard'),
    ...picture(rows, { from: result.startedAt, to: result.endedAt }),
    '',
    paint('strong', 'Who heard whom while two listened'),
    paint('faint', "(each voice carries a low tone of its own; the levels are the tones')"),
    ...printMatrix(matrix).split('\n'),
    '',
    paint('strong', 'Summary'),
    ...facts(report, paint),
    ...failures(report, paint),
  ];
}

function facts(
  { result, checks, written, voices, startingMs, keep }: Report,
  paint: Paint,
): readonly string[] {
  const hears = result.events.filter((event) => event.kind === 'hears');
  const refused = result.events.filter((event) => event.kind === 'refused');
  const told = result.events.filter((event) => event.kind === 'told');
  const held = checks.filter((check) => check.held).length;
  const lost = result.parties.reduce((sum, party) => sum + party.lost, 0);
  const received = result.parties.map((party) => `${cast[party.who].name} got ${party.received}`).join(', ');
  const voice = voices === 'speech' ? 'voices by espeak-ng' : 'tones for voices';
  const list = (items: readonly string[]) => items.join(', ');
  return [
    ...fact(
      'First audio',
      list(hears.map(({ who, firstAudioMs }) => `${cast[who].name} ${firstAudioMs} ms`)),
    ),
    ...fact('The parties', `${lost} packets lost (${received})`),
    ...fact('Refused', list(refused.map(({ reason }) => reason))),
    ...fact(
      'Anna was told',
      `${told.length} times who listens, the last time: “${told.at(-1)?.sentence ?? ''}”`,
    ),
    ...fact('Started in', `${(startingMs / 1000).toFixed(1)} s; ${voice}`),
    ...fact('Recordings', `${written.folder}/: ${list([...written.recordings.values()])}`),
    ...fact('Audit records', `${written.folder}/${written.audit} (${result.audit.length})`),
    ...fact(
      'Checked',
      `${held} of ${checks.length} claims held`,
      held === checks.length ? (line) => paint('good', line) : (line) => paint('bad', line),
    ),
    ...fact('Go on', keep ? 'listen, as told below' : 'npm test; npm run demo -- --keep to dial in yourself'),
  ];
}

const labelWidth = 16;

function fact(label: string, text: string, paint = (line: string) => line): readonly string[] {
  return wrap(text, width - labelWidth - 2).map(
    (line, n) => `  ${(n === 0 ? label : '').padEnd(labelWidth)}${paint(line)}`,
  );
}

function failures({ checks }: Report, paint: Paint): readonly string[] {
  const failed = checks.filter(({ held }) => !held);
  if (failed.length === 0) return [];
  return [
    '',
    paint('bad', 'Not as expected'),
    ...failed.flatMap(({ claim, found }) => [
      ...wrap(`✗ ${claim}.`, width - 2).map((line) => `  ${paint('bad', line)}`),
      ...wrap(`found: ${found}`, width - 4).map((line) => `    ${line}`),
    ]),
  ];
}
