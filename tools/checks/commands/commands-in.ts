import { splitCommand } from './split-command.ts';

/** A command that a document tells people to run. */
export interface DocumentedCommand {
  readonly line: number;
  readonly words: readonly string[];
}

/** Programs that a command may begin with, wherever it stands. */
export const programs: ReadonlySet<string> = new Set([
  'npm',
  'npx',
  'node',
  'kubectl',
  'helm',
  'medlyssning',
]);

/** Other programs that may stand in a block of shell; nothing of theirs is checked. */
const others: ReadonlySet<string> = new Set(
  'cd git curl jq echo openssl source for do done sed cat mkdir docker kind rtpengine kamcmd psql sqlite3 go promtool argocd flux'.split(
    ' ',
  ),
);

/** Every command of a document: lines of shell blocks, and code in the text that begins with a program of {@link programs}. */
export function commandsIn(markdown: string): readonly DocumentedCommand[] {
  return [...linesOf(markdown), ...inlineOf(markdown)].flatMap(({ line, text }) =>
    splitCommand(text.replace(/^\$ /, '')).map((words) => ({ line, words: withoutEnvironment(words) })),
  );
}

/** Programs at the beginning of a line in a block of shell that nobody has classified. */
export function unknownPrograms(markdown: string): readonly DocumentedCommand[] {
  return linesOf(markdown)
    .filter(({ shell }) => shell)
    .flatMap(({ line, text }) =>
      splitCommand(text.replace(/^\$ /, '')).map((words) => ({ line, words: withoutEnvironment(words) })),
    )
    .filter(({ words: [program = ''] }) => program !== '' && !programs.has(program) && !others.has(program));
}

interface Line {
  readonly line: number;
  readonly text: string;
  /** In a block that says to be shell. */
  readonly shell: boolean;
}

/** In a block of shell every line; in a console only what is typed; in other blocks, and indented ones, what begins with a program. */
function linesOf(markdown: string): readonly Line[] {
  const lines: Line[] = [];
  let fence: string | undefined;
  let open: { line: number; text: string } | undefined;
  for (const [i, raw] of markdown.split('\n').entries()) {
    const mark = /^\s*```\s*(\w*)/.exec(raw);
    if (mark) {
      fence = fence === undefined ? (mark[1] ?? '') : undefined;
      continue;
    }
    const text = raw.trim();
    const shell = fence === 'sh' || fence === 'bash' || fence === 'shell';
    const typed =
      fence === 'console' ? text.startsWith('$ ') : shell || programs.has(text.split(' ')[0] ?? '');
    const isCode = fence !== undefined || /^ {4,}\S/.test(raw);
    if (open === undefined && !(isCode && typed && text !== '')) continue;
    const here: { line: number; text: string } = open ?? { line: i + 1, text: '' };
    here.text += ` ${text.replace(/\\$/, '')}`;
    open = text.endsWith('\\') ? here : undefined;
    if (open === undefined) lines.push({ line: here.line, text: here.text.trim(), shell });
  }
  return lines;
}

function inlineOf(markdown: string): readonly Line[] {
  const prose = markdown.replace(/^\s*```[\s\S]*?^\s*```/gm, (block) => block.replace(/[^\n]/g, ''));
  return [...prose.matchAll(/(?<!`)`([^`]+)`(?!`)/g)].flatMap(({ 1: code = '', index }) => {
    const text = code.replace(/\s+/g, ' ').trim();
    if (!text.includes(' ') || !programs.has(text.split(' ')[0] ?? '')) return [];
    return [{ line: prose.slice(0, index).split('\n').length, text, shell: false }];
  });
}

function withoutEnvironment(words: readonly string[]): readonly string[] {
  const first = words.findIndex((word) => !/^[A-Z_]+=/.test(word));
  return first < 0 ? [] : words.slice(first);
}
