import type { CallOptions, KubeApi } from '../api/kube-api.ts';
import type { Leadership } from './leadership.ts';

/**
 * The same API server, for a leader's writes: each is refused with NotLeading once the leadership is over, and given up when it ends
 * meanwhile. Reads pass.
 */
export const guardWrites = (api: KubeApi, { assertLeading, lost }: Leadership): KubeApi => {
  /** Rejects rather than throws, as all else does. */
  const guarded = async <R>(
    options: CallOptions | undefined,
    write: (options: CallOptions) => Promise<R>,
  ): Promise<R> => {
    assertLeading();
    return write({ signal: options?.signal ? AbortSignal.any([options.signal, lost]) : lost });
  };
  return {
    list: (type, query, options) => api.list(type, query, options),
    watch: (type, query, options) => api.watch(type, query, options),
    get: (type, ref, options) => api.get(type, ref, options),
    create: (type, object, query, options) => guarded(options, (o) => api.create(type, object, query, o)),
    apply: (type, object, query, options) => guarded(options, (o) => api.apply(type, object, query, o)),
    patch: (type, ref, patch, query, options) =>
      guarded(options, (o) => api.patch(type, ref, patch, query, o)),
    replace: (type, object, query, options) => guarded(options, (o) => api.replace(type, object, query, o)),
    delete: (type, ref, query, options) => guarded(options, (o) => api.delete(type, ref, query, o)),
    close: () => api.close(),
    [Symbol.asyncDispose]: () => api.close(),
  };
};
