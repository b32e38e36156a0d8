import { z } from 'zod';

export const loopback = /^(?:127(?:\.\d{1,3}){3}|::1|localhost)$/;

/** An address that is asked for keys, or told of people: in the clear only on this machine. */
export const safeUrl = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .refine(
    (text) =>
      text.startsWith('https:') || loopback.test(URL.parse(text)?.hostname.replace(/[[\]]/g, '') ?? ''),
    {
      message: 'must be https, unless it is on this machine',
    },
  )
  .refine((text) => URL.parse(text)?.username === '' && URL.parse(text)?.password === '', {
    message: 'must not hold a name or password',
  });
