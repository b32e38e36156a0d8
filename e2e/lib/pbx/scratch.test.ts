import { it } from 'vitest';
import { writeFileSync, mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureParts } from '@medlyssning/tools/real/parts.ts';
import { startBaresip } from '@medlyssning/tools/real/baresip.ts';
import { freePort, freePortRange } from '@medlyssning/tools/real/ports.ts';
import { startPbxTestbed, answer, hangUp, known } from './testbed/start-pbx-testbed.ts';
it('x', async () => {
  const bed = await startPbxTestbed(); const parts = await ensureParts();
  const dir = mkdtempSync(join(tmpdir(), 'e2b-'));
  const wav = Buffer.alloc(44 + 16000 * 4); wav.write('RIFF'); wav.writeUInt32LE(36 + 64000, 4); wav.write('WAVEfmt ', 8); wav.writeUInt32LE(16, 16); wav.writeUInt16LE(1, 20); wav.writeUInt16LE(1, 22); wav.writeUInt32LE(8000, 24); wav.writeUInt32LE(16000, 28); wav.writeUInt16LE(2, 32); wav.writeUInt16LE(16, 34); wav.write('data', 36); wav.writeUInt32LE(64000, 40);
  for (let i = 0; i < 32000; i++) wav.writeInt16LE(Math.round(8000*Math.sin(i*0.5)), 44 + 2*i);
  writeFileSync(join(dir, 's.wav'), wav);
  const b = async (name: string, tr: string, does: 'answer' | {call: string}) => startBaresip({ parts, workDir: join(dir, name), address: `sip:${name}@acme.example`, accountParameters: [`auth_user=${name}`, `auth_pass=${bed.pbx.passwordOf(`${name}@acme.example`)}`, `outbound="sip:127.0.0.1:${bed.pbx.publicPort};transport=${tr}"`, 'audio_codecs=pcma'], sipPort: await freePort(), rtpPorts: await freePortRange(20), speaks: join(dir, 's.wav'), does, logFile: join(dir, name + '.log') });
  const anna = await b('anna-desk', 'udp', 'answer');
  const karin = await b('karin-desk', 'tcp', { call: 'sip:403@acme.example' });
  await new Promise(r => setTimeout(r, 2500));
  for (const c of (await bed.ng.list()).calls) { const q = await bed.ng.query({'call-id': c}); console.log(q.metadata, [...q.tags.values()].map(t => [t.label, t.medias[0]?.streams[0]])); }
  await karin.stop(); await new Promise(r => setTimeout(r, 500)); console.log(await bed.ng.list());
  await anna.stop(); console.log(anna.output().slice(-800), karin.output().slice(-1500)); console.log(bed.pbx.process.output());
  await bed.stop();
}, 30000);
