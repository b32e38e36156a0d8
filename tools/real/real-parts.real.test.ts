import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { speakToWav } from './espeak.ts';
import { startKamailio } from './kamailio.ts';
import { ensureParts } from './parts.ts';
import { freePort } from './ports.ts';
import { answersNg, answersSip } from './probes.ts';
import { startRtpengine } from './rtpengine.ts';
import { startSipp } from './sipp.ts';

const parts = await ensureParts();
const workDir = mkdtempSync(join(tmpdir(), 'medlyssning-parts-'));

test('an rtpengine is killed and stands again on the same ports', async () => {
  const engine = await startRtpengine({ parts, role: 'call', hep: { port: await freePort() } });
  const { pid } = engine;
  expect(readFileSync(`/proc/${pid}/comm`, 'utf8')).toBe('rtpengine\n');
  expect(await engine.kill()).toEqual({ signal: 'SIGKILL' });
  expect(await answersNg(engine.host, engine.ng.udp, 50)).toBe(false);
  await engine.restart();
  expect(engine.pid).not.toBe(pid);
  expect(await answersNg(engine.host, engine.ng.udp)).toBe(true);
  expect(await engine.stop()).toEqual({ code: 0 });
});

test('Kamailio answers SIPp', async () => {
  const port = await freePort();
  const config = join(workDir, 'kamailio.cfg');
  writeFileSync(
    config,
    `listen=udp:127.0.0.1:PORT
loadmodule "sl.so"
loadmodule "rtpengine.so"
request_route { sl_send_reply("200", ANSWER); }`,
  );
  const ready = { probe: () => answersSip('127.0.0.1', port) };
  const defines = { PORT: String(port), ANSWER: '"Fine"' };
  const kamailio = await startKamailio({ parts, config, defines, workDir, ready });
  const scenario = join(workDir, 'options.xml');
  writeFileSync(
    scenario,
    `<scenario><send><![CDATA[
OPTIONS sip:[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:sipp@[local_ip]>;tag=[call_number]
To: <sip:[remote_ip]>
Call-ID: [call_id]
CSeq: 1 OPTIONS
Content-Length: 0

]]></send><recv response="200" /></scenario>`,
  );
  const remote = `127.0.0.1:${port}`;
  const localPort = await freePort();
  const sipp = await startSipp({
    parts,
    scenario,
    remote,
    localPort,
    transport: 'udp',
    workDir,
    extraArgs: ['-m', '1'],
  });
  expect(await sipp.exited).toEqual({ code: 0 });
  await kamailio.stop();
});

test('a faulty Kamailio configuration is told with what Kamailio says of it', async () => {
  const config = join(workDir, 'faulty.cfg');
  writeFileSync(config, 'loadmodule "no-such-module.so"\n');
  const start = startKamailio({ parts, config, defines: {}, workDir, ready: { probe: async () => false } });
  await expect(start).rejects.toThrow(/PBX \(Kamailio\) ended before it was ready.*no-such-module/s);
});

test('espeak-ng speaks into a WAV file', async () => {
  const file = join(workDir, 'speech.wav');
  await speakToWav(parts, { text: 'Hej, det är Anna.', voice: 'sv' }, file);
  const wav = readFileSync(file);
  expect(wav.toString('latin1', 0, 4)).toBe('RIFF');
  expect(wav.readUInt32LE(24)).toBe(22_050);
  expect(wav.length).toBeGreaterThan(22_050);
});
