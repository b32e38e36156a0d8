import type { Logger } from 'pino';
import { ConfigError } from '../config/config-error.ts';
import type { WebhookConfig } from '../config/webhooks.ts';
import type { EventStream, ListenEvent, ProfileSwitched } from '../events/event-stream.ts';
import { cloudEvent, type ToldEvent } from './cloud-event.ts';
import { signingKeys } from './signing-keys.ts';
import { type Fate, Webhook } from './webhook.ts';

export interface WebhooksParts {
  readonly config: readonly WebhookConfig[];
  readonly node: string;
  readonly events: EventStream<ListenEvent>;
  readonly profileEvents: EventStream<ProfileSwitched>;
  readonly log: Logger;
  readonly onFate: (fate: Fate) => void;
}

export interface Webhooks {
  /** Events that wait for their receivers. */
  readonly waiting: number;
  close(): Promise<void>;
}

/** Whose event it is; `undefined`: nobody's that is known, so nobody is told. */
const companyOf = (event: ToldEvent): string | undefined => {
  switch (event.kind) {
    case 'refused':
      return event.asked?.company;
    case 'profileSwitched':
      return event.company;
    default:
      return event.listener.company;
  }
};

/** Tells each company's webhooks of what happens in that company, and of nothing else (R10). Throws {@link ConfigError}. */
export const startWebhooks = async (parts: WebhooksParts): Promise<Webhooks> => {
  const { config, node, events, profileEvents, log, onFate } = parts;
  for (const [n, { secrets }] of config.entries())
    await signingKeys(secrets).catch((cause) => {
      throw new ConfigError(`webhooks.${n}.secrets: ${cause.message}`, { cause });
    });
  const webhooks = config.map((one) => new Webhook({ config: one, log, onFate }));
  const tell = (event: ToldEvent): void => {
    const company = companyOf(event);
    if (company === undefined) return;
    for (const webhook of webhooks) if (webhook.company === company) webhook.tell(cloudEvent(node, event));
  };
  const ends = [events.subscribe(tell), profileEvents.subscribe(tell)];
  return {
    get waiting() {
      return webhooks.reduce((sum, { waiting }) => sum + waiting, 0);
    },
    async close() {
      for (const end of ends) end();
      await Promise.all(webhooks.map((webhook) => webhook.close()));
    },
  };
};
