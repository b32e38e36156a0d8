import { describe, expect, it } from 'vitest';
import { checkConfig } from './load-config.ts';

const good = {
  node: 'media-1',
  engines: { call: { ng: 'tcp:127.0.0.1:2223' }, listening: { ng: 'tcp:127.0.0.1:2233' } },
  observe: { hep: 'tcp:127.0.0.1:9060' },
  policy: { directory: 'examples/acme' },
  sip: {
    listen: ['tcp:127.0.0.1:5070'],
    trustedPeers: ['127.0.0.1/32'],
    outboundProxy: 'sip:127.0.0.1:5060;transport=tcp',
  },
  audit: { sqlite: 'audit.db' },
  telemetry: { metrics: '127.0.0.1:9464' },
};

describe('the configuration', () => {
  it('takes addresses apart and fills in defaults', () => {
    const config = checkConfig(good, 'test.yaml');
    expect(config.engines.call.ng).toEqual({ transport: 'tcp', host: '127.0.0.1', port: 2223 });
    expect(config.observe.resyncSeconds).toBe(30);
    expect(config.sip.deviceHeader).toBe('X-Device');
  });

  it('takes an HTTP API for others with TLS, and for this machine without', () => {
    const tls = { cert: 'tls.crt', key: 'tls.key' };
    expect(checkConfig({ ...good, http: { listen: '0.0.0.0:8443', tls } }, 'test.yaml').http?.tls).toEqual(
      tls,
    );
    expect(checkConfig({ ...good, http: { listen: '127.0.0.1:8080' } }, 'test.yaml').http).toEqual({
      listen: { transport: 'tcp', host: '127.0.0.1', port: 8080 },
      origins: [],
      auth: { kubernetes: { audience: 'medlyssning.dev' } },
    });
  });

  it('takes the policies of a cluster, in the pool that companies are in by default', () => {
    const { policy } = checkConfig({ ...good, policy: { kubernetes: {} } }, 'test.yaml');
    expect(policy).toEqual({ kubernetes: { pool: 'default', namespace: 'medlyssning-system' } });
  });

  it('takes a database for the records of many nodes', () => {
    const audit = { postgres: { url: 'postgres://medlyssning@db.example/audit?sslmode=verify-full' } };
    expect(checkConfig({ ...good, audit }, 'test.yaml').audit).toEqual(audit);
  });

  it.each<readonly [string, unknown, RegExp]>([
    ['none', {}, /audit: write either sqlite/],
    ['two', { sqlite: 'a', postgres: { url: 'postgres://db/a' } }, /audit: write either sqlite/],
    [
      'a database of another kind',
      { postgres: { url: 'mysql://db/a' } },
      /audit\.postgres\.url: a URL such as/,
    ],
    ['no URL', { postgres: { url: 'db' } }, /audit\.postgres\.url: a URL such as/],
    ['a password in the file', { postgres: { url: 'postgres://a:b@db/a' } }, /taken from PGPASSWORD/],
    ['a password behind it', { postgres: { url: 'postgres://db/a?password=b' } }, /taken from PGPASSWORD/],
  ])('refuses %s to keep the records in', (_, audit, problem) => {
    expect(() => checkConfig({ ...good, audit }, 'test.yaml')).toThrow(problem);
  });

  it.each(['http://login.acme.example', 'http://127.acme.example', 'ftp://127.0.0.1', 'login'])(
    'refuses the issuer %s, whose keys anybody in between could replace',
    (issuer) => {
      const http = { listen: '127.0.0.1:8080', auth: { oidc: { issuer, audience: 'a' } } };
      expect(() => checkConfig({ ...good, http }, 'test.yaml')).toThrow(/http\.auth\.oidc\.issuer/);
    },
  );

  it.each(['https://console.acme.example/', 'https://a.example/page', '*', 'null'])(
    'refuses %s as an origin',
    (origin) => {
      const http = { listen: '127.0.0.1:8080', origins: [origin] };
      expect(() => checkConfig({ ...good, http }, 'test.yaml')).toThrow(/http\.origins\.0/);
    },
  );

  it.each([
    ['an unknown key', { ...good, obseve: {} }, /obseve/],
    [
      'a SIP listener over UDP',
      { ...good, sip: { ...good.sip, listen: ['udp:127.0.0.1:5070'] } },
      /sip\.listen\.0.*tcp:HOST:PORT/,
    ],
    ['nobody to trust', { ...good, sip: { ...good.sip, trustedPeers: [] } }, /sip\.trustedPeers/],
    [
      'a peer that is no network',
      { ...good, sip: { ...good.sip, trustedPeers: ['pbx'] } },
      /sip\.trustedPeers\.0/,
    ],
    [
      'mirror and polling at once',
      { ...good, observe: { hep: 'tcp:127.0.0.1:9060', poll: { intervalMs: 500 } } },
      /either hep .* or poll/,
    ],
    ['neither mirror nor polling', { ...good, observe: {} }, /either hep .* or poll/],
    [
      'a header that is none',
      { ...good, sip: { ...good.sip, deviceHeader: 'X Device' } },
      /sip\.deviceHeader/,
    ],
    [
      'a directory and a cluster at once',
      { ...good, policy: { directory: 'examples/acme', kubernetes: {} } },
      /policy: write either directory .* or kubernetes/,
    ],
    ['no source of policy', { ...good, policy: {} }, /policy: write either directory .* or kubernetes/],
    [
      'a pool that is none',
      { ...good, policy: { kubernetes: { pool: 'Blue_1' } } },
      /policy\.kubernetes\.pool: a pool/,
    ],
    [
      'an HTTP API that others can reach without TLS',
      { ...good, http: { listen: '0.0.0.0:8080' } },
      /http: needs tls/,
    ],
    ['nothing at all', null, /is not a usable configuration/],
  ])('refuses %s and names the field', (_, value, message) => {
    expect(() => checkConfig(value, 'test.yaml')).toThrow(message);
  });
});

describe('webhooks', () => {
  const hook = {
    company: 'acme/acme',
    url: 'https://hooks.acme.example/x',
    secrets: [{ file: 's' }, { env: 'OLD' }],
  };

  it('are taken with one key or two; there are none where nothing is said', () => {
    expect(checkConfig({ ...good, webhooks: [hook] }, 'test.yaml').webhooks).toEqual([hook]);
    expect(checkConfig(good, 'test.yaml').webhooks).toEqual([]);
  });

  it.each([
    ['a company without its namespace', { company: 'acme' }, /webhooks\.0\.company: namespace\/name/],
    ['an address in the clear', { url: 'http://hooks.acme.example' }, /webhooks\.0\.url: must be https/],
    ['a password in the address', { url: 'https://a:b@hooks.example' }, /url: must not hold a name/],
    ['no key', { secrets: [] }, /webhooks\.0\.secrets/],
    ['three keys', { secrets: [{ env: 'A' }, { env: 'B' }, { env: 'C' }] }, /at most two/],
    ['the secret itself', { secrets: ['whsec_abc'] }, /secret itself does not stand here/],
  ])('are refused with %s', (_, wrong, problem) => {
    expect(() => checkConfig({ ...good, webhooks: [{ ...hook, ...wrong }] }, 'test.yaml')).toThrow(problem);
  });
});

describe('machines that have a certificate', () => {
  const machine = { san: 'URI:spiffe://acme.example/pbx', may: ['switch users'], namespaces: ['acme'] };
  const http = (of: object, tls = {}) => ({
    ...good,
    http: {
      listen: '127.0.0.1:8443',
      tls: { cert: 'c', key: 'k', clientAuthority: 'a', ...tls },
      auth: { certificates: [{ ...machine, ...of }] },
    },
  });

  it('are taken by a name in it', () => {
    expect(checkConfig(http({}), 'test.yaml').http?.auth.certificates).toEqual([machine]);
    expect(checkConfig(http({ san: 'DNS:pbx.acme.example' }), 'test.yaml').http).toBeDefined();
  });

  it.each([
    ['a name of no kind', { san: 'pbx.acme.example' }, /certificates\.0\.san: a name as in DNS:/],
    ['a wildcard', { san: 'DNS:*.acme.example' }, /certificates\.0\.san/],
    ['two names in one', { san: 'URI:a:b, DNS:pbx' }, /certificates\.0\.san/],
    ['a right that is none', { may: ['write users'] }, /may\.0: one of: switch users/],
    ['no company', { namespaces: [] }, /certificates\.0\.namespaces/],
  ])('are refused with %s', (_, of, problem) => {
    expect(() => checkConfig(http(of), 'test.yaml')).toThrow(problem);
  });

  it('are refused where nobody says who signs their certificates', () => {
    const value = http({}, { clientAuthority: undefined });
    expect(() => checkConfig(value, 'test.yaml')).toThrow(/needs tls\.clientAuthority/);
  });
});
