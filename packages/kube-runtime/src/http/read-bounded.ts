import { ApiUnreachable } from '../api/api-unreachable.ts';

/** All of a body as text. Rejects with `ApiUnreachable`, reason `TooLarge`, past `maxBytes`. */
export const readBounded = async (body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > maxBytes)
      throw new ApiUnreachable(
        'TooLarge',
        `The API server's answer is longer than ${maxBytes} bytes. Ask for less at a time.`,
      );
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length).toString('utf8');
};
