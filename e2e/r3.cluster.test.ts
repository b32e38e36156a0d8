import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerOf, sentenceOf } from './lib/r3/answer.ts';
import { attempts } from './lib/r3/attempts.ts';
import { cast } from './lib/r3/cast.ts';
import { readR3Document } from './lib/r3/r3-document.ts';
import { R3World } from './lib/r3/r3-world.ts';

// R3 on a real API server: every cell of docs/r3.md is tried. What is to be refused is tried for real, so that the end can
// show that nothing was written; what is to be admitted is a dry run, so that one cell does not change the next.

const { rows, messages } = readR3Document();
let world: R3World;
let before: readonly string[];

beforeAll(async () => {
  world = await R3World.start();
  before = await world.revisions();
});
afterAll(() => world.stop());

test('the document has a row for each operation, and a column for each actor', () => {
  expect(rows.map(({ operation }) => operation).toSorted()).toEqual(Object.keys(attempts).toSorted());
  for (const { answers } of rows) expect(answers.map(({ actor }) => actor)).toEqual(Object.keys(cast));
});

test('the API server finds nothing to warn of in the types of the policies', async () => {
  const path = '/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies';
  const findings = async () => {
    const { body } = await world.cluster.request({ method: 'GET', path });
    const { items } = body as { readonly items: readonly { readonly status?: unknown }[] };
    return items.map(({ status }) => status);
  };
  const checked = { observedGeneration: 1, typeChecking: {} };
  await expect.poll(findings, { timeout: 20_000 }).toEqual(Array(7).fill(checked));
});

describe.each(rows)('$operation', ({ operation, answers }) => {
  test.each(answers)('$actor: $answer', async ({ actor, answer }) => {
    const response = await world.attempt(actor, operation, answer === 'yes' ? 'dry run' : 'for real');
    expect(answerOf(response)).toBe(answer);
  });
});

test('nothing of all that was written', async () => {
  expect(await world.revisions()).toEqual(before);
});

test('each policy has its message in the document', () => {
  const quoted = new Set(messages.map(({ actor, operation }) => answerFor(actor, operation)));
  const given = new Set(rows.flatMap(({ answers }) => answers.map(({ answer }) => answer)));
  for (const answer of ['yes', 'role', 'escalation', 'schema']) given.delete(answer);
  expect([...quoted].toSorted()).toEqual([...given].toSorted());
});

describe('a refusal says what is missing and whom to ask', () => {
  test.each(messages)('$actor: $operation', async ({ actor, operation, message }) => {
    expect(sentenceOf(await world.attempt(actor, operation, 'for real'))).toBe(message);
  });
});

function answerFor(actor: string, operation: string): string | undefined {
  const row = rows.find((candidate) => candidate.operation === operation);
  return row?.answers.find((candidate) => candidate.actor === actor)?.answer;
}
