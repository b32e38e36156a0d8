import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureParts } from '@medlyssning/tools/real/parts.ts';
import type { Progress } from './bench.ts';
import type { BenchRow } from './bench-row.ts';
import { benches } from './benches.ts';
import { help, type Options, parseOptions } from './options.ts';
import { type Measured, withTable } from './report/document.ts';
import { readMachine } from './report/machine.ts';
import { machineLine } from './report/machine-line.ts';
import { textTable } from './report/table.ts';

const documentFile = join(import.meta.dirname, '..', 'docs', 'benchmarks.md');

const progress: Progress = (line) => process.stderr.write(`${line}\n`);

/** Measures and reports; resolves with whether all could be measured. */
async function run({ only, json, write }: Extract<Options, { kind: 'run' }>): Promise<boolean> {
  const chosen = benches.filter(({ name }) => only === undefined || name === only);
  const parts = chosen.some((bench) => bench.realParts) ? await ensureParts(progress) : undefined;
  const machine = await readMachine(parts);
  const date = new Date().toISOString().slice(0, 10);
  const rows: BenchRow[] = [];
  const failures: { readonly name: string; readonly message: string }[] = [];
  for (const bench of chosen) {
    progress(`${bench.name}: ${bench.about}`);
    try {
      const measured = await bench.run((line) => progress(`  ${line}`));
      rows.push(...measured);
      if (write) await writeTable({ name: bench.name, date, machine, rows: measured });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      failures.push({ name: bench.name, message });
      progress(`  could not be measured: ${message}`);
    }
  }
  if (json) {
    const plain = rows.map(({ target, ...row }) =>
      target ? { ...row, target: target.text, met: target.isMetBy(row.value) } : row,
    );
    process.stdout.write(`${JSON.stringify({ date, machine, rows: plain, failures }, null, 2)}\n`);
  } else process.stdout.write(`${machineLine(machine)}\n\n${textTable(rows)}\n`);
  return failures.length === 0;
}

async function writeTable(measured: Measured): Promise<void> {
  const document = await readFile(documentFile, 'utf8');
  await writeFile(documentFile, withTable(document, measured));
  progress(`  Written to ${documentFile}.`);
}

async function main(): Promise<number> {
  const options = parseOptions(
    process.argv.slice(2),
    benches.map(({ name }) => name),
  );
  if (options.kind === 'help') {
    process.stdout.write(`${help(benches)}\n`);
    return 0;
  }
  if (options.kind === 'wrong') {
    process.stderr.write(`${options.message}\nSee npm run bench -- --help.\n`);
    return 2;
  }
  // The real parts end with this process; nothing else needs to be put in order.
  process.once('SIGINT', () => process.exit(130));
  try {
    return (await run(options)) ? 0 : 1;
  } catch (error) {
    process.stderr.write(`Nothing could be measured: ${error instanceof Error ? error.message : error}\n`);
    return 1;
  }
}

process.exit(await main());
