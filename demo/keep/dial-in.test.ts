import { expect, it } from 'vitest';
import { plain } from '../output/paint.ts';
import { dialInLines } from './dial-in.ts';

const lines = dialInLines(
  {
    host: '127.0.0.1',
    port: 65_535,
    passwordOf: (account) => `${account.slice(0, 5)}01234567890`,
    console: 'http://127.0.0.1:65535',
    issuer: 'http://127.0.0.1:65534',
    audit: '/tmp/medlyssning-world-AbCdEf/audit.jsonl',
  },
  plain,
);

it('says where to register, with which password, and what to dial', () => {
  const text = lines.join('\n');
  expect(text).toContain('sip:127.0.0.1:65535');
  expect(text).toMatch(/karin-desk@acme\.example +karin01234567890 +may listen/);
  expect(text).toContain('*28*0846500403');
});

it('says where the console is, and who to be there', () => {
  const text = lines.join('\n');
  expect(text).toMatch(/Open +http:\/\/127\.0\.0\.1:65535/);
  expect(text).toContain('Karin Ek');
});

it('says where Karin’s token is, and what to ask with it', () => {
  const text = lines.join('\n');
  expect(text).toContain("curl -s 'http://127.0.0.1:65534/token?login_hint=karin@acme.example'");
  expect(text).toContain('http://127.0.0.1:65535/v1/colleagues');
});

it('fits into 80 columns', () => {
  for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(80);
});
