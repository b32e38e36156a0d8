import type { KubernetesObject } from '@kubernetes/client-node';
import Operator, { type ResourceEvent, ResourceEventType } from 'kube-runtime/operator';

/**
 * The operator that is compared: the same source for both packages but for the import above, which names the other one in the copy
 * that is compiled for it. It makes widgets (status.made becomes spec.size), puts a finalizer on each, and says what it was told.
 */
interface Widget extends KubernetesObject {
  spec?: { size: number };
  status?: { made?: number };
}

const finalizer = 'widgets.example.com/made';
const say = (what: string): void => void process.stdout.write(`${what}\n`);

class WidgetOperator extends Operator {
  private broken = true;

  protected override async init(): Promise<void> {
    await this.watchResource('example.com', 'v1', 'widgets', (e) => this.onWidget(e), 'default');
    await this.watchResource(
      '',
      'v1',
      'configmaps',
      async (e) => say(`${e.type} configmap ${e.meta.name}`),
      'default',
    );
  }

  private async onWidget(e: ResourceEvent): Promise<void> {
    say(`${e.type} widget ${e.meta.name}`);
    if (e.type !== ResourceEventType.Added && e.type !== ResourceEventType.Modified) return;
    const handled = await this.handleResourceFinalizer(e, finalizer, async () =>
      say(`cleaned ${e.meta.name}`),
    );
    if (handled) return;
    const { spec, status } = e.object as Widget;
    if (spec?.size === 13 && this.broken) {
      this.broken = false;
      throw new Error('the machine is out of order');
    }
    if (status?.made !== spec?.size) await this.patchResourceStatus(e.meta, { made: spec?.size });
  }
}

const logger = {
  debug: () => {},
  info: () => {},
  warn: (message: string) => process.stderr.write(`warn: ${message}\n`),
  error: (message: string) => process.stderr.write(`error: ${message}\n`),
};
const operator = new WidgetOperator(logger);
process.once('SIGTERM', () => {
  operator.stop();
  process.exit(0);
});
operator.start().catch((error: unknown) => {
  logger.error(String(error));
  process.exit(2);
});
