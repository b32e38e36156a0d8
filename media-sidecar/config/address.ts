import { z } from 'zod';

/** A transport address of the configuration, `tcp:HOST:PORT` or `udp:HOST:PORT`. IPv6 hosts stand in brackets. */
export interface Address {
  readonly transport: 'tcp' | 'udp';
  readonly host: string;
  readonly port: number;
}

const pattern = /^(?:(tcp|udp):)?(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+):(\d{1,5})$/;

const parse = (text: string): Address | undefined => {
  const match = pattern.exec(text);
  const port = Number(match?.[3]);
  if (!match?.[2] || port > 65_535) return undefined;
  return { transport: match[1] === 'udp' ? 'udp' : 'tcp', host: match[2].replace(/^\[|\]$/g, ''), port };
};

/** Schema of an address; `transports` are those that make sense in that place. */
export const address = (...transports: readonly Address['transport'][]) =>
  z.string().transform((text, context) => {
    const parsed = parse(text);
    if (parsed && transports.includes(parsed.transport)) return parsed;
    context.addIssue({
      code: 'custom',
      message: `"${text}" is no address; write ${transports.map((t) => `${t}:HOST:PORT`).join(' or ')}`,
    });
    return z.NEVER;
  });
