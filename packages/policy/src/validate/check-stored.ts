import { type Kind, schemas } from '../generated/schemas.ts';
import { checkSchema } from './check-schema.ts';
import { isPlainObject, own } from './plain-object.ts';
import { pathText } from './problem.ts';

/**
 * What keeps an object that an API server stored from being read: it was judged by the CRD of its day, which may not
 * be today's. A sentence for the first flaw of `spec` or `status`; `undefined` for a sound object.
 */
export function checkStored(kind: Kind, object: unknown): string | undefined {
  if (!isPlainObject(object)) return 'This is no object; remove it and apply it anew.';
  for (const part of ['spec', 'status']) {
    const schema = own(schemas[kind].properties ?? {}, part);
    const value = own(object, part);
    if (schema === undefined || (value === undefined && part === 'status')) continue;
    const [flaw] = checkSchema(schema, value, [part]);
    if (flaw !== undefined)
      return `${pathText(flaw.path)}: ${flaw.message} Apply the object anew as the CRD has it now.`;
  }
  return undefined;
}
