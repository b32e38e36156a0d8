import { expect, test } from 'vitest';
import { flawOf, type Known } from './flaw-of.ts';
import { splitCommand } from './split-command.ts';

const known: Known = {
  scripts: new Set(['demo', 'test', 'check']),
  exists: (path) => ['crds/', 'charts/a', 'operator/main.ts'].includes(path),
  help: {
    command: (name) => (name === 'explain' ? '-f, --filename <path>  --at <time>' : undefined),
    script: (name) => (name === 'demo' ? '--keep  leave it running' : undefined),
    program: (path) => (path === 'operator/main.ts' ? '--metrics ADDRESS' : undefined),
  },
  hasValue: (chart, key) => (chart === 'charts/a' ? key === 'media.form' : undefined),
};

test.each([
  ['npm run check', undefined],
  ['npm run --silent demo -- --keep', undefined],
  ['npm test -- --project unit', undefined],
  ['npm ci', undefined],
  ['npm run gone', 'there is no script gone'],
  ['npm run demo -- --gone', 'npm run demo has no --gone'],
  ['npx medlyssning explain -f crds/ --at=now', undefined],
  ['npx medlyssning explain -f crds/gone', 'there is no crds/gone'],
  ['npx medlyssning gone', 'medlyssning has no command gone'],
  ['kubectl medlyssning explain --file x', 'medlyssning explain has no --file'],
  ['node operator/main.ts --metrics x', undefined],
  ['node operator/main.ts --config x', 'operator/main.ts has no --config'],
  ['node --cpu-prof', undefined],
  ['node --cpu-prof gone.ts', 'there is no gone.ts'],
  ['node gone.ts', 'there is no gone.ts'],
  ['kubectl apply -f crds/ -f charts/gone/', 'there is no charts/gone/'],
  ['kubectl get companies', undefined],
  ['helm install m charts/a --set media.form=none', undefined],
  ['helm install m charts/a --set media.gone=none', 'charts/a has no value media.gone'],
  ['helm install m charts/a --set-file media.form=docs/gone.csv', undefined],
  ['helm install m charts/a --set-file=media=docs/gone.csv', 'there is no docs/gone.csv'],
  ['helm install m charts/gone', 'there is no charts/gone'],
])('%s: %s', (line, flaw) => {
  expect(flawOf(splitCommand(line)[0] ?? [], known)).toBe(flaw);
});
