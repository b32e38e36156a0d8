import type { Output } from './output.ts';

/** Nobody wonders before that. */
const patienceMs = 2_000;

/** Says on a terminal what is waited for, once that takes long, and takes it away again. */
export const waitingFor = async <T>(
  { stderr }: Pick<Output, 'stderr'>,
  what: string,
  work: Promise<T>,
): Promise<T> => {
  if (!('isTTY' in stderr) || !stderr.isTTY) return work;
  let isShown = false;
  const timer = setTimeout(() => {
    isShown = true;
    stderr.write(`… ${what}`);
  }, patienceMs);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
    if (isShown) stderr.write('\r\u001b[K');
  }
};
