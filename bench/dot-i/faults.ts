import type { ServerResponse } from 'node:http';
import { type ApiProxy, isWatch } from './api-proxy.ts';
import type { Workbench } from './workbench.ts';

/** One thing that goes wrong, and what should be so afterwards all the same. */
export interface Fault {
  readonly name: string;
  /** Breaks things; the widget `first` was made before. */
  readonly act: (proxy: ApiProxy, bench: Workbench) => Promise<void>;
  /** What is lost as long as it does not hold. */
  readonly lost: string;
  readonly holds: (bench: Workbench) => Promise<boolean>;
}

const refuse = (code: number, reason: string) => (answer: ServerResponse) => {
  answer.writeHead(code, { 'content-type': 'application/json' });
  answer.end(JSON.stringify(refusal(code, reason)));
};
const refusal = (code: number, reason: string) => ({
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Failure',
  message: `Made to fail with ${code}.`,
  reason,
  code,
});
/** As the API server tells in a watch that it no longer has what was asked for. */
const expired = (answer: ServerResponse) => {
  answer.writeHead(200, { 'content-type': 'application/json' });
  answer.end(`${JSON.stringify({ type: 'ERROR', object: refusal(410, 'Expired') })}\n`);
};
const madeNext = {
  lost: 'the next widget is not made',
  holds: async (bench: Workbench) => (await bench.widget('next'))?.status?.made === 2,
};
const isFinalizerPatch = ({ method, url = '' }: { method?: string | undefined; url?: string | undefined }) =>
  method === 'PATCH' && url.includes('/widgets/next') && !url.includes('/status');

export const faults: readonly Fault[] = [
  {
    name: 'Connections are reset during the watches',
    act: async (proxy, bench) => {
      proxy.resetWatches();
      await bench.create('next', 2);
    },
    ...madeNext,
  },
  {
    name: 'The next watches are answered with 500',
    act: async (proxy, bench) => {
      proxy.trap(2, isWatch, refuse(500, 'InternalError'));
      proxy.endWatches();
      await bench.create('next', 2);
    },
    ...madeNext,
  },
  {
    name: 'The next watches are told 410 by an ERROR event',
    act: async (proxy, bench) => {
      proxy.trap(2, isWatch, expired);
      proxy.endWatches();
      await bench.create('next', 2);
    },
    ...madeNext,
  },
  {
    name: 'An object is deleted while watches that ended cleanly are being opened again',
    act: async (proxy, bench) => {
      const held: (() => void)[] = [];
      proxy.trap(2, isWatch, (_, pass) => held.push(pass));
      proxy.endWatches();
      await bench.deleteConfigMap();
      for (const pass of held.splice(0)) pass();
      // Those that come later pass at once.
      held.push = (...passes) => {
        for (const pass of passes) pass();
        return 0;
      };
    },
    lost: 'the deletion is never told',
    holds: async ({ operator }) => operator.said.includes('DELETED configmap doomed'),
  },
  {
    name: 'A handler throws once',
    act: (_, bench) => bench.create('next', 13),
    lost: 'the widget is not made',
    holds: async (bench) => (await bench.widget('next'))?.status?.made === 13,
  },
  {
    name: 'The PATCH of a finalizer gets 409',
    act: async (proxy, bench) => {
      proxy.trap(1, isFinalizerPatch, refuse(409, 'Conflict'));
      await bench.create('next', 2);
    },
    lost: 'no finalizer and not made, yet reported as handled',
    holds: madeNext.holds,
  },
  {
    name: 'Another controller puts its finalizer on at the same time',
    act: async (proxy, bench) => {
      proxy.trap(1, isFinalizerPatch, (_, pass) => void bench.addForeignFinalizer('next').then(pass));
      await bench.create('next', 2);
    },
    lost: 'the other’s finalizer is erased',
    holds: async (bench) => {
      const widget = await bench.widget('next');
      const finalizers = widget?.metadata.finalizers ?? [];
      return (
        widget?.status?.made === 2 && finalizers.includes('example.com/other') && finalizers.length === 2
      );
    },
  },
];
