import type { Env } from './tracing-settings.ts';
import { tracingSettings } from './tracing-settings.ts';

/** Whose spans these are (OpenTelemetry's `service.*`). */
export interface Service {
  readonly name: string;
  readonly version: string;
  readonly instance: string;
}

/** Told of what matters to who runs this, once each time it changes. */
export interface TracingLog {
  warn(of: Readonly<Record<string, unknown>>, message: string): void;
  info(of: Readonly<Record<string, unknown>>, message: string): void;
}

export interface Tracing {
  /** Sends what still waits, for a moment at most: a collector that is away must not hold up the end of the process. */
  stop(): Promise<void>;
}

const off: Tracing = { stop: async () => {} };

/** Exports spans where `OTEL_*` says so (docs/tracing.md). Else not one module of the SDK is loaded. Never rejects. */
export const startTracing = async (service: Service, env: Env, log: TracingLog): Promise<Tracing> => {
  const settings = tracingSettings(env);
  if (settings === undefined) return off;
  for (const problem of settings.problems) log.warn({ problem }, 'tracing: a variable cannot be used');
  try {
    const { openSdk } = await import('./open-sdk.ts');
    return await openSdk(service, settings, log);
  } catch (error) {
    log.warn({ err: error }, 'tracing could not be started; all else goes on');
    return off;
  }
};
