import type { PolicyIndex } from '@medlyssning/policy';

/** Key of the company that a text names, `NAME` or `namespace/NAME`; `undefined` where none or several could be meant. */
export const companyNamed = (index: PolicyIndex, text: string): string | undefined => {
  if (text.includes('/')) return index.company(text)?.key;
  const named = [...index.companies()].filter(({ key }) => key.endsWith(`/${text}`));
  return named.length === 1 ? named[0]?.key : undefined;
};
