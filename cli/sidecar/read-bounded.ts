/** More than any answer has: 500 colleagues are 200 kB. */
const maxBytes = 4 * 1024 * 1024;

/** The JSON of an answer. @throws where it is none, or endless */
export const readBounded = async ({ body }: Response): Promise<unknown> => {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new RangeError(`the answer is longer than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
};
