import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Lua } from 'wasmoon-lua5.1';

const file = join(import.meta.dirname, '../../charts/medlyssning/files/argocd/health.lua');

/** What Argo CD shows of an object. */
export interface Health {
  readonly status: string;
  readonly message: string;
}

/** The health script of all kinds, as text. */
export const healthScript = readFileSync(file, 'utf8');

/**
 * Runs the health script as Argo CD does (argo-cd, util/lua): Lua 5.1 with the base, package and table libraries alone, the
 * object as the global `obj`, the answer a table with `status` and `message`.
 */
export async function argocdHealth(
  object: { readonly kind: string },
  healthLua: string = healthScript,
): Promise<Health> {
  const lua = await Lua.create();
  try {
    const script = [
      'string, math, io, os, debug, coroutine = nil, nil, nil, nil, nil, nil',
      `obj = ${literal(object)}`,
      `local health = (function() ${healthLua}\nend)()`,
      'return health.status .. "\\n" .. health.message',
    ].join('\n');
    const [status = '', message = ''] = String(await lua.doString(script)).split('\n');
    return { status, message };
  } finally {
    lua.global.close();
  }
}

/** JSON as a Lua expression; null is nil. */
function literal(value: unknown): string {
  if (value === null || value === undefined) return 'nil';
  if (Array.isArray(value)) return `{${value.map(literal).join(',')}}`;
  if (typeof value !== 'object') return typeof value === 'string' ? luaText(value) : String(value);
  return `{${Object.entries(value).map(([key, field]) => `[${luaText(key)}]=${literal(field)}`)}}`;
}

/** Every byte that is no plain character as `\ddd`. */
function luaText(text: string): string {
  const bytes = [...Buffer.from(text)].map((byte) =>
    byte >= 32 && byte < 127 && byte !== 34 && byte !== 92
      ? String.fromCharCode(byte)
      : `\\${String(byte).padStart(3, '0')}`,
  );
  return `"${bytes.join('')}"`;
}
