import { dirname, join, normalize } from 'node:path/posix';

/** The Markdown text of each file of the project that has any, by path; and whether any path exists. */
export interface Documents {
  readonly texts: ReadonlyMap<string, string>;
  readonly exists: (path: string) => boolean;
}

/** A link to a place within the project that is not there. */
export interface BrokenLink {
  readonly file: string;
  readonly line: number;
  readonly target: string;
}

/** Links between the project's own files that lead nowhere: no such file, or no such heading. Links to other sites are not followed. */
export function brokenLinks(documents: Documents): readonly BrokenLink[] {
  return [...documents.texts].flatMap(([file, text]) =>
    linksIn(text)
      .filter(({ target }) => !leadsSomewhere(file, target, documents))
      .map((link) => ({ file, ...link })),
  );
}

function leadsSomewhere(file: string, target: string, { texts, exists }: Documents): boolean {
  if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return true;
  const [path = '', anchor] = target.split('#');
  const place =
    path === ''
      ? file
      : normalize(path.startsWith('/') ? path.slice(1) : join(dirname(file), decodeURI(path)));
  if (!exists(place)) return false;
  const text = texts.get(place);
  return anchor === undefined || text === undefined || anchorsIn(text).has(anchor.toLowerCase());
}

/** Targets of inline links, images and reference definitions, outside code. */
export function linksIn(markdown: string): readonly { readonly target: string; readonly line: number }[] {
  const link = /\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)|^ {0,3}\[[^\]^][^\]]*\]:\s+<?(\S+?)>?(?:\s|$)/g;
  return proseOf(markdown).flatMap((text, i) =>
    [...text.matchAll(link)].map((match) => ({ target: match[1] ?? match[2] ?? '', line: i + 1 })),
  );
}

/** The anchors that headings get on GitHub: lower case, punctuation left out, spaces as hyphens, repetitions numbered; and those written as `<a id="…">`. */
export function anchorsIn(markdown: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const line of proseOf(markdown, false)) {
    for (const [, id = ''] of line.matchAll(/<a id="([^"]+)">/g)) anchors.add(id);
    const heading = /^#{1,6}\s+(.*?)\s*#*$/.exec(line)?.[1];
    if (heading === undefined) continue;
    const text = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const base = text.replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '').replace(/ /g, '-');
    let anchor = base;
    for (let n = 1; anchors.has(anchor); n++) anchor = `${base}-${n}`;
    anchors.add(anchor);
  }
  return anchors;
}

/** The lines with fenced code emptied, and inline code too unless it is kept. */
function proseOf(markdown: string, emptyInlineCode = true): readonly string[] {
  let fence: string | undefined;
  return markdown.split(/\r?\n/).map((line) => {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark !== undefined && fence === undefined) fence = mark;
    else if (mark !== undefined && fence !== undefined && mark.startsWith(fence)) fence = undefined;
    else if (fence === undefined) return emptyInlineCode ? line.replace(/`[^`]*`/g, '') : line;
    return '';
  });
}
