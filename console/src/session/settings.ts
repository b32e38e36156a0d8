/** What the page has to know before anybody has signed in. */
export interface Settings {
  /** Where people sign in (OpenID Connect). */
  readonly issuer: string;
  /** As what this page is known there. */
  readonly clientId: string;
  readonly scope: string;
}

export const fetchSettings = async (): Promise<Settings> => {
  const response = await fetch('/console.json');
  if (!response.ok) throw new Error(`The settings of this page: ${response.status}.`);
  return (await response.json()) as Settings;
};
