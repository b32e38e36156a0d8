import type { SignInPerson } from './sign-in-desk.ts';

/** The page on which one chooses who one is; each name leads to the same address with that `login_hint`. */
export const peoplePage = (people: readonly SignInPerson[], asked: URL): string => {
  const links = people.map((person) => {
    const url = new URL(asked);
    url.searchParams.set('login_hint', person.subject);
    const note = person.note === undefined ? '' : ` <small>${escaped(person.note)}</small>`;
    return `<li><a href="${escaped(url.pathname + url.search)}">${escaped(person.displayName)}</a>${note}</li>`;
  });
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Development issuer</title>
<style>
  :root { color-scheme: light dark; font: 16px/1.6 system-ui, sans-serif }
  main { max-width: 30rem; margin: 12vh auto; padding: 0 1rem }
  ul { list-style: none; padding: 0 } li { padding: .35rem 0 } a { font-weight: 600 }
</style>
<main><h1>Who are you?</h1>
<p>This issuer is for development: it believes whatever you choose.</p>
<ul>${links.join('\n')}</ul></main></html>`;
};

const escaped = (value: string): string => value.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
