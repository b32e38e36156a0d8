import type { ApiHost } from '@medlyssning/e2e/lib/browser/start-api-host.ts';
import { auditFileOf } from '@medlyssning/e2e/lib/world/start-sidecar.ts';
import { talk } from '@medlyssning/e2e/lib/world/talk.ts';
import type { World } from '@medlyssning/e2e/lib/world/world.ts';
import { numbers } from '../cast/cast.ts';
import type { Paint } from '../output/paint.ts';
import type { Stage } from '../show/stage.ts';
import { attemptLine } from './attempt-line.ts';
import { dialInLines } from './dial-in.ts';

export interface Screen {
  readonly say: (lines: readonly string[]) => void;
  readonly paint: Paint;
}

/** How often new records are looked for, and what was heard is forgotten, ms. */
const lookEveryMs = 250;

/**
 * Sets up two calls without end, says how to listen to them, and shows every record that comes. Never resolves: a signal ends the
 * program. @param api where the web console is, and who signs people in there @throws when a call cannot be set up
 */
export async function keepRunning(
  world: World,
  stage: Stage,
  api: ApiHost,
  { say, paint }: Screen,
): Promise<never> {
  // Whoever registers these accounts is then called alone.
  await Promise.all([stage.karin, stage.eva, stage.maja].map((phone) => phone.unregister()));
  const calls = [
    await talk(stage.customer, stage.anna, `sip:${numbers.anna}@acme.example`),
    await talk(stage.caller, stage.bo, `sip:${numbers.bo}@acme.example`),
  ];
  const { host, publicPort: port, passwordOf } = world.pbx;
  const audit = auditFileOf(world.place.workDir);
  const web = { console: api.origin, issuer: api.issuer.issuer };
  say(dialInLines({ host, port, passwordOf: (account) => passwordOf(account), ...web, audit }, paint));
  let shown = (await world.audit()).length;
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
    for (const { customer, agent } of calls) for (const { rtp } of [customer, agent]) rtp.forget();
    const records = await world.audit();
    say(records.slice(shown).map(attemptLine));
    shown = records.length;
  }
}
