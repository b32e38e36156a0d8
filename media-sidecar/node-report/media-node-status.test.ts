import { describe, expect, it } from 'vitest';
import { mediaNodeStatus, type NodeState } from './media-node-status.ts';

const well: NodeState = {
  versions: { sidecar: '0.1.0' },
  resourceVersion: '42',
  malformed: new Map(),
  mirror: { state: 'up', missed: 0 },
  audit: { seq: 7, hash: 'a1' },
  auditRowsMissing: false,
  calls: 3,
  listens: 1,
  notReady: [],
};
const [at, later] = [new Date('2026-11-24T12:00:00Z'), new Date('2026-11-24T12:01:00Z')];
const conditions = (state: NodeState) =>
  mediaNodeStatus(state, undefined, 1, at).conditions?.map(
    ({ type, status, reason }) => `${type} ${status} ${reason}`,
  );

describe('the status of a media node', () => {
  it('says what it enforces and does', () => {
    expect(mediaNodeStatus(well, undefined, 7, at)).toMatchObject({
      observedGeneration: 7,
      versions: { sidecar: '0.1.0' },
      policyResourceVersion: '42',
      mirror: { state: 'Connected', since: at.toISOString(), missed: 0 },
      audit: { rows: 7, head: 'a1' },
      calls: 3,
      listens: 1,
    });
    expect(conditions(well)).toEqual([
      'Ready True Ready',
      'PolicyApplied True Applied',
      'AuditIntact True Intact',
    ]);
  });

  it('enforces nothing before the first list', () => {
    const starting = { ...well, resourceVersion: undefined, notReady: ['no policy applied yet'] };
    expect(mediaNodeStatus(starting, undefined, 1, at)).not.toHaveProperty('policyResourceVersion');
    expect(conditions(starting)).toEqual([
      'Ready False NotReady',
      'PolicyApplied False NotListed',
      'AuditIntact True Intact',
    ]);
  });

  it('says where its audit records end once there are any', () => {
    const first = { ...well, audit: { seq: 0, hash: '00' } };
    expect(mediaNodeStatus(first, undefined, 1, at)).not.toHaveProperty('audit');
  });

  it('goes on saying where they ended while no store says so, for the next sidecar to know', () => {
    const before = mediaNodeStatus(well, undefined, 1, at);
    const unopened = { ...well, audit: { seq: 0, hash: '00' } };
    expect(mediaNodeStatus(unopened, before, 1, later).audit).toEqual({ rows: 7, head: 'a1' });
  });

  it('says that audit records are gone, and goes on saying so after a restart', () => {
    const gone = mediaNodeStatus({ ...well, auditRowsMissing: true }, undefined, 1, at);
    for (const status of [gone, mediaNodeStatus(well, gone, 1, later)])
      expect(status.conditions?.[2]).toMatchObject({
        type: 'AuditIntact',
        status: 'False',
        reason: 'RowsMissing',
        lastTransitionTime: at.toISOString(),
      });
  });

  it('names the policies that it cannot read, within the length of a message', () => {
    const malformed = new Map([['acme/acme-0-of-1', `spec.users: ${'x'.repeat(2_000)}`]]);
    expect(conditions({ ...well, malformed })).toEqual([
      'Ready True Ready',
      'PolicyApplied False PolicyMalformed',
      'AuditIntact True Intact',
    ]);
    const { message } = mediaNodeStatus({ ...well, malformed }, undefined, 1, at).conditions?.[1] ?? {};
    expect(message).toContain('acme/acme-0-of-1: spec.users');
    expect(message).toHaveLength(1024);
  });

  it('says since when things are so, and is the same while they are', () => {
    const first = mediaNodeStatus(well, undefined, 1, at);
    expect(mediaNodeStatus(well, first, 1, later)).toEqual(first);
    const down = mediaNodeStatus(
      { ...well, mirror: { state: 'down', missed: 2 }, notReady: ['call engine silent'] },
      first,
      1,
      later,
    );
    expect(down.mirror?.since).toBe(later.toISOString());
    expect(down.conditions?.map(({ lastTransitionTime }) => lastTransitionTime)).toEqual([
      later.toISOString(),
      at.toISOString(),
      at.toISOString(),
    ]);
  });
});
