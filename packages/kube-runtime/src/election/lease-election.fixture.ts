import { FakeClock } from '../fake-clock.fixture.ts';
import { FakeLease } from './fake-lease.fixture.ts';
import type { Leadership } from './leadership.ts';
import { LeaseElection } from './lease-election.ts';

/** Candidates for one Lease under one clock. */
export class Stage {
  readonly clock = new FakeClock();
  readonly lease = new FakeLease();

  candidate(name: string, work: (leadership: Leadership) => Promise<void> = untilAborted): Candidate {
    return new Candidate(name, this, work);
  }
}

export class Candidate {
  readonly name: string;
  readonly terms: Leadership[] = [];
  readonly problems: unknown[] = [];
  readonly election: LeaseElection;
  readonly #stop = new AbortController();
  readonly #ended: Promise<void>;

  constructor(name: string, { clock, lease }: Stage, work: (leadership: Leadership) => Promise<void>) {
    this.name = name;
    this.election = new LeaseElection({
      lock: lease.lock(name),
      identity: name,
      clock,
      wallClock: () => new Date(clock.now()),
      random: () => 1,
      onProblem: (error) => this.problems.push(error),
      onStarted: (leadership) => {
        this.terms.push(leadership);
        return work(leadership);
      },
    });
    this.#ended = this.election.run(this.#stop.signal);
  }

  /** Whether a write would go out now. */
  get mayWrite(): boolean {
    try {
      this.terms.at(-1)?.assertLeading();
      return this.terms.length > 0;
    } catch {
      return false;
    }
  }

  stop(): Promise<void> {
    this.#stop.abort();
    return this.#ended;
  }
}

export const untilAborted = ({ signal }: Leadership): Promise<void> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
