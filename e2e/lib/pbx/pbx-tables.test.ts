import { describe, expect, it } from 'vitest';
import { pbxTables } from './pbx-tables.ts';
import { companies, users } from './testbed/company.ts';

const tables = pbxTables({ companies, users, passwordOf: (account) => `secret of ${account}` });
const lines = (table: string) => (tables.get(table) ?? '').trimEnd().split('\n');

describe('pbxTables', () => {
  it('finds a person by the fixed number and by the SIM, and names the person by the fixed number', () => {
    expect(lines('people')).toEqual([
      'number(string) company(string) person(string) accounts(string,null) sims(string,null)',
      '+46846500403:acme.example:+46846500403:anna-desk@acme.example;anna-app@acme.example:',
      '+46846500401:acme.example:+46846500401:karin-desk@acme.example:+46701740611',
      '+46701740611:acme.example:+46846500401:karin-desk@acme.example:+46701740611',
      '+46846500483:beta.example:+46846500483:nils-desk@beta.example:',
    ]);
  });

  it('keeps extensions apart by company', () => {
    expect(lines('extensions').slice(1)).toEqual([
      '403@acme.example:+46846500403',
      '401@acme.example:+46846500401',
      '403@beta.example:+46846500483',
    ]);
  });

  it('knows a company by each of its domains', () => {
    expect(lines('companies').slice(1)).toEqual([
      'acme.example:acme.example:46',
      'acme.test:acme.example:46',
      'beta.example:beta.example:46',
    ]);
  });

  it('gives each device with an address an account, without its password', () => {
    const rows = lines('subscriber').slice(1);
    expect(rows.map((row) => row.replace(/[0-9a-f]{32}/, 'HA1'))).toEqual([
      '1:anna-desk:acme.example:HA1:+46846500403:anna-desk',
      '2:anna-app:acme.example:HA1:+46846500403:anna-app',
      '3:karin-desk:acme.example:HA1:+46846500401:karin-desk',
      '4:nils-desk:beta.example:HA1:+46846500483:nils-desk',
    ]);
    expect(rows.join()).not.toContain('secret');
  });

  it('leaves out a number that is none, and the people of a company that is not there', () => {
    const device = { name: 'x', address: 'x@acme.example' };
    const unnamed = { companyRef: { name: 'acme' }, extension: '9', fixedNumber: 'none', devices: [device] };
    const stray = { companyRef: { name: 'acme' }, devices: [{ name: 'y', address: 'y@acme.example' }] };
    const two = [
      { metadata: { name: 'x', namespace: 'acme' }, spec: unnamed },
      { metadata: { name: 'y', namespace: 'beta' }, spec: stray },
    ];
    const some = pbxTables({ companies, users: two, passwordOf: () => '' });
    expect(some.get('people')?.split('\n')).toHaveLength(2);
    expect(some.get('extensions')?.split('\n')).toHaveLength(2);
    expect(some.get('subscriber')).toMatch(/^1:x:acme\.example:[0-9a-f]{32}::x\n$/m);
    expect(some.get('subscriber')).not.toContain('y:acme');
  });
});
