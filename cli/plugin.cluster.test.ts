import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AcmeCluster, acmeCluster } from './acme-cluster.fixture.ts';
import { type BuiltPrograms, builtPrograms } from './build/built-programs.fixture.ts';
import { kubectlWithPlugin } from './plugin.fixture.ts';

let cluster: AcmeCluster;
let programs: BuiltPrograms;
beforeAll(async () => {
  programs = await builtPrograms();
  cluster = await acmeCluster();
});
afterAll(async () => {
  await programs?.[Symbol.asyncDispose]();
  await cluster?.[Symbol.asyncDispose]();
});
const kubectl = (args: readonly string[]) => kubectlWithPlugin(programs.folder, args, cluster.viewer);

describe('the real kubectl', () => {
  it('asks the real kubectl, which finds its plugin', async () => {
    const question = ['medlyssning', 'explain', '--listener', 'karin', '--target', 'bo', '-n', 'acme'];
    const { ok, output } = await kubectl(question);
    expect(ok).toBe(false);
    expect(output).toContain('Karin Ek may not listen to Bo Dahl: ProfileForbids.');
    expect(output).toContain('User acme/bo  status.activeProfile.name: lunch\n');
    const who = await kubectl(['medlyssning', 'who-can-listen', 'acme/anna', '-o', 'json']);
    expect(JSON.parse(who.output).listeners[1]).toMatchObject({ name: 'acme/karin', reason: 'Allowed' });
    const help = await kubectl(['medlyssning', 'explain', '--help']);
    expect(help.output).toContain('  kubectl medlyssning explain --listener karin --target anna\n');
  });

  it('has names completed by the real kubectl, out of the cluster', async () => {
    const completed = async (...words: readonly string[]) =>
      (await kubectl(['__complete', 'medlyssning', ...words])).output;
    expect(await completed('who')).toContain('who-can-listen\t');
    expect(await completed('who-can-listen', '-n', 'acme', 'an')).toMatch(/\nanna\tAnna Berg\n:4\n/);
    expect(await completed('explain', '-n', 'acme', '--listener', 'ka')).toMatch(/\nkarin\tKarin Ek\n:4\n/);
  });
});
