import { expect } from 'vitest';
import type { Row } from './row.fixture.ts';

/** The status, and the reason or what is shown. */
export const answerOf = async (response: Response, shows: Row['shows']): Promise<string> => {
  const type = response.headers.get('content-type') ?? '';
  if (type.startsWith('text/event-stream')) {
    const reader = response.body?.getReader();
    let text = '';
    while (!text.includes('event: ')) text += new TextDecoder().decode((await reader?.read())?.value);
    await reader?.cancel();
    return `${response.status} ${text.match(/event: .*/)?.[0]}`;
  }
  const text = await response.text();
  if (!response.ok) {
    expect(type).toBe('application/problem+json; charset=utf-8');
    return `${response.status} ${JSON.parse(text).reason}`;
  }
  if (text === '' || !shows) return `${response.status} `;
  return `${response.status} ${shows((type.includes('json') ? JSON.parse(text) : text) as never)}`;
};
