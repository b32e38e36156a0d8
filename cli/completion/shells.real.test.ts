import type { Shell } from '@medlyssning/tools/real/shells.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BuiltPrograms, builtPrograms } from '../build/built-programs.fixture.ts';
import { startShells, type TypeInto } from './shells.fixture.ts';

let programs: BuiltPrograms;
let typeInto: TypeInto;
beforeAll(async () => {
  programs = await builtPrograms();
  typeInto = await startShells(programs.folder);
}, 600_000);
afterAll(() => programs?.[Symbol.asyncDispose]());

/** As the help of `completion` says it. */
const setUp: Readonly<Record<Shell, string>> = {
  bash: 'source <(medlyssning completion bash)',
  fish: 'medlyssning completion fish | source',
  zsh: 'autoload -Uz compinit; compinit -u -D; source <(medlyssning completion zsh)',
};

describe.each(['bash', 'fish', 'zsh'] as const)('a real %s', { timeout: 120_000 }, (shell) => {
  const typed = (...lines: readonly string[]) => typeInto(shell, [setUp[shell], ...lines]);

  it('completes a command, an option and a name by the tabulator, and runs what became of them', async () => {
    const shown = await typed('medlyssning who-c\t --fil\t examples/acme an\t -o json');
    expect(shown).toContain('"name": "acme/anna"');
    expect(shown).toContain('"displayName": "Karin Ek"');
  });

  it('completes folders on, and files with a space behind them', async () => {
    const shown = await typed('medlyssning validate examples/ac\tcompa\t -o json');
    expect(shown).toMatch(/"objects": 1\b/);
  });
});
