import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acting } from './acting.fixture.ts';
import { answerOf } from './answer-of.fixture.ts';
import { describeRoutes } from './describe-routes.fixture.ts';
import { reading } from './reading.fixture.ts';
import type { Row } from './row.fixture.ts';
import { type CallerName, callers, openScene, type Scene } from './scene.fixture.ts';

/** Every route, asked by everybody. */
const table: readonly Row[] = [...reading, ...acting];

let scene: Scene;
const open = async () => {
  scene = await openScene();
};
const close = () => scene.door.close();

const check = ({ send, shows, expected }: Row): void => {
  it.each(Object.keys(expected) as CallerName[])('asked by: %s', async (name) => {
    const [path, options] = send(scene);
    const response = await scene.door.send(path, await callers[name](scene.door), options);
    expect(await answerOf(response, shows)).toBe(expected[name]);
  });
};

describeRoutes(open, close, check);

describe('the whole of it', () => {
  beforeEach(open);
  afterEach(close);

  it('has a row for every route', async () => {
    const document = (await (await scene.door.send('/v1/openapi.json')).json()) as {
      paths: Record<string, object>;
    };
    const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map(
        (method) => `${method.toUpperCase()} ${path.replace(/.*(active-profile)$/, '$1')}`,
      ),
    );
    const rows = table.map(({ route }) => route);
    expect(routes.filter((route) => !rows.some((row) => row.startsWith(route)))).toEqual([]);
  });

  it('shows nothing of a company to another, whatever is asked', async () => {
    for (const token of [
      await callers['other company'](scene.door),
      await callers['administrator of another'](scene.door),
    ]) {
      for (const { send } of table.filter(({ route }) => !route.includes('events'))) {
        const [path, options] = send(scene);
        const text = await (await scene.door.send(path, token, options)).text();
        expect(text).not.toMatch(/acme|anna|karin berg|karin ek|berg/i);
      }
    }
  });

  it('tells whoever lacks the right the same of everybody', async () => {
    const response = await scene.door.send('/v1/colleagues', await callers['without rights'](scene.door));
    const { colleagues } = (await response.json()) as { colleagues: Record<string, unknown>[] };
    const seen = colleagues.map(({ user: _, displayName: __, extension: ___, ...rest }) =>
      JSON.stringify(rest),
    );
    expect(new Set(seen).size).toBe(1);
    expect(colleagues.length).toBeGreaterThan(8);
  });
});
