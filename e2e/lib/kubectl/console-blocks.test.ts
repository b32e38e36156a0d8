import { expect, it } from 'vitest';
import { commandsIn, withOutputs } from './console-blocks.ts';

const document = (first: string) => `# Title
\`\`\`console
$ kubectl get users -A
${first}
\`\`\`
Words.
\`\`\`yaml
a: b
\`\`\`
\`\`\`console
$ kubectl version
two
\`\`\`
`;

it('finds commands and replaces what they print', () => {
  expect(commandsIn(document('one'))).toEqual([
    ['kubectl', 'get', 'users', '-A'],
    ['kubectl', 'version'],
  ]);
  expect(withOutputs(document('one'), ['1\n$1', 'two'])).toBe(document('1\n$1'));
});
