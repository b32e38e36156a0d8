import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Judged } from './kstatus.ts';

/** An object in one of the states its kind has, and in its annotations what it should be taken for. */
export interface State extends Judged {
  readonly kind: string;
  readonly metadata: Judged['metadata'] & {
    readonly name: string;
    readonly namespace: string;
    readonly annotations: { readonly kstatus: string; readonly argocd: string };
  };
  /** What has happened. */
  readonly comment: string;
}

/** The states of all kinds, from the YAML in `states/`; of each kind the first is an object that was just made. */
export function readStates(): readonly State[] {
  const folder = join(import.meta.dirname, 'states');
  return readdirSync(folder).flatMap((file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    return parseAllDocuments(text).map((document): State => {
      const comment = document.commentBefore ?? document.contents?.commentBefore ?? '';
      return { ...document.toJS(), comment: comment.trim() };
    });
  });
}
