import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { consoleFiles } from './console-files.ts';
import { type HttpDoor, openHttpDoor } from './http-door.ts';

const listen = { transport: 'tcp' as const, host: '127.0.0.1', port: 0 };
const openWith = (files: string) =>
  openHttpDoor({ listen, origins: [] }, pino({ level: 'silent' }), (app) =>
    consoleFiles(app, {
      console: { files, clientId: 'page', scope: 'openid' },
      issuer: 'https://login.acme.example/realms/acme',
    }),
  );

let folder: string;
let door: HttpDoor;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'medlyssning-files-'));
  await mkdir(join(folder, 'dist', 'assets'), { recursive: true });
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await writeFile(join(folder, 'dist', 'index.html'), '<!doctype html>');
  await writeFile(join(folder, 'dist', 'assets', 'a.js'), '1');
  door = await openWith(join(folder, 'dist'));
});
afterAll(async () => {
  await door?.close();
  await rm(folder, { recursive: true, force: true });
});

const get = (path: string) => fetch(`http://127.0.0.1:${door.port}${path}`);

describe('the files of the console', () => {
  it('come with a policy by which only the page itself runs, and it can ask only here and at the issuer', async () => {
    const { status, headers } = await get('/');
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy.split('; ')).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        "connect-src 'self' https://login.acme.example",
        "frame-ancestors 'none'",
      ]),
    );
    expect(policy).not.toContain('unsafe');
    expect(headers.get('permissions-policy')).toContain('microphone=()');
    expect((await get('/assets/a.js')).headers.get('content-type')).toContain('javascript');
  });

  it('tell the page where people sign in', async () => {
    expect(await (await get('/console.json')).json()).toEqual({
      issuer: 'https://login.acme.example/realms/acme',
      clientId: 'page',
      scope: 'openid',
    });
  });

  it.each(['/../secret.txt', '/..%2fsecret.txt', '/assets/..%2f..%2fsecret.txt', '/assets', '/nothing'])(
    'are all there is: not %s',
    async (path) => {
      const response = await get(path);
      expect(response.status).toBe(404);
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    },
  );

  it('must be there before the door opens', async () => {
    await expect(openWith(folder)).rejects.toThrow('Build the page');
  });
});
