/** A line that names a folder of one machine, which means nothing on another. */
export interface MachinePath {
  readonly file: string;
  readonly line: number;
  readonly path: string;
}

/** Home folders, and this very checkout when it lies deep enough for its name to be no chance. */
export function machinePathPattern(checkout: string): RegExp {
  const homes = String.raw`(?:/root|/home/[\w.-]+|/Users/[\w.-]+)/[\w.-]`;
  const own = checkout.split('/').length > 2 ? `|${checkout.replace(/[^\w/]/g, '\\$&')}(?![\\w-])` : '';
  return new RegExp(`(?<![\\w.~-])(?:${homes}${own})`, 'g');
}

/** The machine paths in one file's text. */
export function machinePathsIn(file: string, text: string, pattern: RegExp): readonly MachinePath[] {
  return text
    .split('\n')
    .flatMap((content, i) => [...content.matchAll(pattern)].map(([path]) => ({ file, line: i + 1, path })));
}
