import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AcmeCluster, acmeCluster } from './acme-cluster.fixture.ts';
import { kubectlWithPlugin } from './plugin.fixture.ts';

let cluster: AcmeCluster;
beforeAll(async () => {
  cluster = await acmeCluster();
});
afterAll(() => cluster?.[Symbol.asyncDispose]());

describe('the real kubectl', () => {
  it('asks the real kubectl, which finds its plugin', async () => {
    const question = ['medlyssning', 'explain', '--listener', 'karin', '--target', 'bo', '-n', 'acme'];
    const { ok, output } = await kubectlWithPlugin(question, cluster.viewer);
    expect(ok).toBe(false);
    expect(output).toContain('Karin Ek may not listen to Bo Dahl: ProfileForbids.');
    expect(output).toContain('User acme/bo  status.activeProfile.name: lunch\n');
    const who = await kubectlWithPlugin(
      ['medlyssning', 'who-can-listen', 'acme/anna', '-o', 'json'],
      cluster.viewer,
    );
    expect(JSON.parse(who.output).listeners[1]).toMatchObject({ name: 'acme/karin', reason: 'Allowed' });
    const help = await kubectlWithPlugin(['medlyssning', 'explain', '--help'], cluster.viewer);
    expect(help.output).toContain('  kubectl medlyssning explain --listener karin --target anna\n');
  });

  it('has names completed by the real kubectl, out of the cluster', async () => {
    const completed = async (...words: readonly string[]) =>
      (await kubectlWithPlugin(['__complete', 'medlyssning', ...words], cluster.viewer)).output;
    expect(await completed('who')).toContain('who-can-listen\t');
    expect(await completed('who-can-listen', '-n', 'acme', 'an')).toMatch(/\nanna\tAnna Berg\n:4\n/);
    expect(await completed('explain', '-n', 'acme', '--listener', 'ka')).toMatch(/\nkarin\tKarin Ek\n:4\n/);
  });
});
