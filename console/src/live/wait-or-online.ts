/** Resolves after so many ms, when the network comes back, when the page is looked at again, or by the signal. */
export const waitOrOnline = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const over = new AbortController();
    const done = () => {
      clearTimeout(timer);
      over.abort();
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { signal: over.signal });
    addEventListener('online', done, { signal: over.signal });
    document.addEventListener('visibilitychange', done, { signal: over.signal });
  });
