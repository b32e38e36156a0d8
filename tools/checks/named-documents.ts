/** A document that code names and that is not there. */
export interface MissingDocument {
  readonly file: string;
  readonly line: number;
  readonly path: string;
}

/** Documents named in one file of code, comments and help included, by their path in the project: `docs/audit.md`. */
export function missingDocumentsIn(
  file: string,
  text: string,
  exists: (path: string) => boolean,
): readonly MissingDocument[] {
  return text
    .split('\n')
    .flatMap((content, i) =>
      [...content.matchAll(/(?<![\w/.-])docs\/[\w/-]+\.md\b/g)]
        .filter(([path]) => !exists(path))
        .map(([path]) => ({ file, line: i + 1, path })),
    );
}
