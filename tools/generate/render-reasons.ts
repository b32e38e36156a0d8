import { admissionReasons, endReasons, reasonText } from '../../packages/policy/src/index.ts';

const begin = '<!-- reasons:begin (made by `npm run generate`) -->';
const end = '<!-- reasons:end -->';

/** The glossary with a table of all reason codes, in both languages, between its marks. */
export function withReasons(glossary: string): string {
  const [before, rest] = glossary.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined)
    throw new Error(
      `The glossary has no lines "${begin}" and "${end}"; put them where the reasons are to stand.`,
    );
  const rows = [...new Set([...admissionReasons, ...endReasons])].map(
    (reason) => `| \`${reason}\` | ${reasonText(reason, 'sv')} | ${reasonText(reason, 'en')} |`,
  );
  return `${before}${begin}
| Code | Swedish | English |
|---|---|---|
${rows.join('\n')}
${end}${after}`;
}
