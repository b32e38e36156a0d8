import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '@medlyssning/tools/real/ports.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectCalm } from './lib/faults/calm.ts';
import { codeOf, Scene } from './lib/faults/scene.ts';
import { TcpProxy } from './lib/faults/tcp-proxy.ts';
import { type ClusterHome, clusterOf } from './lib/world/cluster-home.ts';
import { editFiles } from './lib/world/edit-policy.ts';

const absentMs = 125_000;
const karinsRight = {
  file: 'acme/entitlements.yaml',
  from: '    - karin\n    - sven\n    - filip\n',
  to: '    - sven\n    - filip\n',
};

let scene: Scene;
let home: ClusterHome;
/** Between the sidecar and the API server. */
let toApiServer: TcpProxy;
beforeAll(async () => {
  scene = await Scene.start({
    sidecar: async ({ workDir, policy }) => {
      const { kubernetes } = policy as { readonly kubernetes: { readonly kubeconfig: string } };
      const text = await readFile(kubernetes.kubeconfig, 'utf8');
      const [, port] = /https:\/\/127\.0\.0\.1:(\d+)/.exec(text) ?? [];
      toApiServer = await TcpProxy.open(await freePort(), Number(port));
      const kubeconfig = join(workDir, 'behind-proxy.kubeconfig');
      await writeFile(kubeconfig, text.replace(`127.0.0.1:${port}`, `127.0.0.1:${toApiServer.port}`));
      return { policy: { kubernetes: { ...kubernetes, kubeconfig } } };
    },
  });
  home = clusterOf(scene.world);
});
afterAll(async () => {
  await scene?.[Symbol.asyncDispose]();
  await toApiServer?.close();
});

const pids = () => {
  const { sidecar, callEngine, listeningEngine } = scene.world;
  return [sidecar, callEngine.process, listeningEngine.process].map(({ pid }) => pid);
};

it('operator and API server gone for two minutes: calls and listens go on, new listens are decided, nothing restarts; what is then revoked ends once the operator is back', {
  timeout: 300_000,
}, async () => {
  const before = pids();
  const anna = await scene.talk('anna');
  const { call, ear } = await scene.ear('karin', 'anna');
  await home.killOperator();
  await home.cluster.killApiServer();
  const until = performance.now() + absentMs;
  let listens = 0;
  while (performance.now() < until) {
    await (await scene.listen('sven', 'anna')).hangUp();
    listens += 1;
    await ear.hear(500);
  }
  expect(listens).toBeGreaterThan(5);
  expect(codeOf(await scene.refused('sven', 'eva'))).toBe('TargetNotInCall');
  expect(pids()).toEqual(before);
  await expectCalm(anna, 1 + listens);

  await home.cluster.startApiServer();
  const undo = await editFiles(scene.world.place.policyDir, [karinsRight]);
  await home.apply();
  await ear.hear(50);
  await home.startOperator();
  expect(codeOf(await call.ended)).toBe('Revoked');
  await ear.close();
  expect(codeOf(await scene.refused('karin', 'anna'))).toBe('ListenerRightMissing');
  await scene.world.edit(undo);
  await anna.customer.hangUp();
});

it('a sidecar cut off from the API server: its listen goes on, and what was revoked meanwhile ends it on reconnect', async () => {
  const anna = await scene.talk('anna');
  const { call, ear } = await scene.ear('karin', 'anna');
  await toApiServer.cut();
  const undo = await scene.world.edit([karinsRight]);
  await ear.hear(50);
  await toApiServer.mend();
  expect(codeOf(await call.ended)).toBe('Revoked');
  expect(codeOf(await scene.refused('karin', 'anna'))).toBe('ListenerRightMissing');
  await ear.close();
  await scene.world.edit(undo);
  await expectCalm(anna, 1);
  await anna.customer.hangUp();
});
