/** What an error is called in a span (`error.type`): its stable reason. Never its message, which may name people. */
export const errorType = (error: unknown): string => {
  const named = error instanceof Error ? (error as { readonly reason?: unknown }).reason : error;
  if (typeof named === 'string' && /^[A-Z][A-Za-z]{1,40}$/.test(named)) return named;
  return error instanceof Error && /^[A-Z][A-Za-z]{1,40}$/.test(error.name) ? error.name : '_OTHER';
};
