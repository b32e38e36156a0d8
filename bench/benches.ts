import { run as audit } from './audit.ts';
import type { Bench } from './bench.ts';
import { run as browserAudio } from './browser-audio.ts';
import { run as compile } from './compile.ts';
import { run as decide } from './decide.ts';
import { run as events } from './events.ts';
import { run as firstAudio } from './first-audio.ts';
import { run as ngClient } from './ng-client.ts';
import { run as observer } from './observer.ts';
import { run as policyReach } from './policy-reach.ts';
import { run as silence } from './silence.ts';

/** All of `npm run bench`, in the order of running: what waits on others first, what fills the memory last. */
export const benches: readonly Bench[] = [
  { name: 'first-audio', about: 'INVITE to first mixed packet', realParts: true, run: firstAudio },
  {
    name: 'ng-client',
    about: 'requests/s to rtpengine, beside bare sockets',
    realParts: true,
    run: ngClient,
  },
  { name: 'observer', about: 'calls seen in the mirror of a busy rtpengine', realParts: true, run: observer },
  {
    name: 'policy-reach',
    about: 'a change in a cluster to the decision that goes by it, up to 50,000 users',
    realParts: true,
    run: policyReach,
  },
  {
    name: 'browser-audio',
    about: 'request to first audio in a real Chromium',
    realParts: true,
    run: browserAudio,
  },
  {
    name: 'events',
    about: 'a change of a call to 1,000 subscribers of the HTTP door',
    realParts: true,
    run: events,
  },
  {
    name: 'audit',
    about: 'records to disk, and reading and verifying 300,000',
    realParts: false,
    run: audit,
  },
  {
    name: 'silence',
    about: 'whether the time of an answer tells what the answer does not',
    realParts: false,
    run: silence,
  },
  { name: 'compile', about: 'policies of 50,000 users', realParts: false, run: compile },
  { name: 'decide', about: 'one decision, and memory, up to 1,000,000 users', realParts: false, run: decide },
];
