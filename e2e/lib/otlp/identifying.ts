import type { Tenants } from '../world/examples.ts';

/** What tells who somebody is, or with whom they talk, in any form it may be written in. */
export const identifying = ({ companies, users }: Tenants): readonly string[] => {
  const words = (text: string | undefined) => (text === undefined ? [] : [text, ...text.split(/[\s@.-]+/)]);
  const said = [
    ...companies.flatMap(({ metadata, spec }) => [
      ...words(metadata.name),
      ...words(spec.displayName),
      ...spec.domains,
    ]),
    ...users.flatMap(({ metadata, spec }) => [
      metadata.name,
      ...words(spec.displayName),
      ...words(spec.subject),
      ...numberForms(spec.fixedNumber),
      ...spec.devices.flatMap(({ name, number, address }) => [name, address ?? '', ...numberForms(number)]),
    ]),
  ];
  return [...new Set(said.map((text) => text.toLowerCase()))].filter((text) => text.length > 1);
};

/** 08-465 004 01 is +46846500401, too. */
const numberForms = (number: string | undefined): readonly string[] => {
  if (number === undefined) return [];
  const digits = number.replace(/\D/g, '').replace(/^46|^0/, '');
  return [number, digits, `0${digits}`];
};

/** Those that stand in a text as words of their own. */
export const foundIn = (text: string, identifiers: readonly string[]): readonly string[] => {
  const low = text.toLowerCase();
  return identifiers.filter((one) => {
    const escaped = one.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return new RegExp(`(?<![a-z0-9])${escaped}(?![a-z0-9])`).test(low);
  });
};
