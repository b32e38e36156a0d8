import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const script = join(import.meta.dirname, '../../../charts/medlyssning/files/media/drain.mjs');
/** An address of this machine's own that no other test uses: the port is that of the chart. */
const host = '127.94.64.1';
/** What the sidecar answers under /metrics. */
let up: { calls: number; dialled: number; browser: number };
let server: Server;
let asked: number;

beforeEach(async () => {
  up = { calls: 0, dialled: 0, browser: 0 };
  asked = 0;
  server = createServer((_, response) => {
    asked += 1;
    response.end(metrics());
    server.emit('asked');
  });
  server.listen(9464, host);
  await once(server, 'listening');
  expect((server.address() as AddressInfo).port).toBe(9464);
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function metrics(): string {
  return `# HELP medlyssning_calls Calls known on this node.
# TYPE medlyssning_calls gauge
medlyssning_calls ${up.calls}
# TYPE medlyssning_listens gauge
medlyssning_listens{by="Dialled"} ${up.dialled}
medlyssning_listens{by="Browser"} ${up.browser}
medlyssning_listens_ended_total{reason="CallEnded"} 7
`;
}

function drain(seconds: number, until: 'calls' | 'listens') {
  const child = spawn(process.execPath, [script, String(seconds), until], {
    env: { ...process.env, POD_IP: host },
    stdio: 'inherit',
  });
  return once(child, 'exit').then(([code]) => code);
}

test('is over at once where nothing is up', async () => {
  expect(await drain(600, 'calls')).toBe(0);
  expect(asked).toBe(1);
});

test('waits for every listen, whatever its labels', async () => {
  up = { calls: 1, dialled: 1, browser: 1 };
  const over = drain(600, 'listens');
  await once(server, 'asked');
  up.dialled = 0;
  await once(server, 'asked');
  up.browser = 0;
  expect(await over).toBe(0);
  expect(asked).toBe(3);
});

test('waits for calls where the pod holds them, and does not where it does not', async () => {
  up.calls = 1;
  expect(await drain(600, 'listens')).toBe(0);
  const over = drain(600, 'calls');
  await once(server, 'asked');
  up.calls = 0;
  expect(await over).toBe(0);
});

test('is over when its time is', async () => {
  up.calls = 1;
  const started = Date.now();
  expect(await drain(1, 'calls')).toBe(0);
  expect(Date.now() - started).toBeGreaterThanOrEqual(1_000);
});

test('a sidecar that does not answer ends no calls: they are waited for, listens are not', async () => {
  server.close();
  server.closeAllConnections();
  expect(await drain(600, 'listens')).toBe(0);
  const started = Date.now();
  expect(await drain(1, 'calls')).toBe(0);
  expect(Date.now() - started).toBeGreaterThanOrEqual(1_000);
});
