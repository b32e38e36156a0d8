/**
 * What share of the work is done before and in each round of packages: mmdebstrap installs the base system first, then
 * all that was asked for.
 */
const rounds = [
  { from: 0, share: 0 },
  { from: 0, share: 30 },
  { from: 30, share: 69 },
] as const;

/** How far an installation by mmdebstrap is, read from what it, apt and dpkg print. */
export class InstallProgress {
  #round = 0;
  #steps = 0;
  #stepsDone = 0;
  #doing = 'starting';

  /** Takes one printed line. */
  take(line: string): void {
    const announced = /, (\d+) newly installed/.exec(line)?.[1];
    if (announced !== undefined) this.#begin(Number(announced));
    const step =
      /^(?:Get:\d+ \S+ \S+ \S+ (?<fetched>\S+)|Unpacking (?<unpacked>\S+)|Setting up (?<setUp>\S+))/.exec(
        line,
      );
    if (step !== null) this.#stepsDone++;
    const { fetched, unpacked, setUp } = step?.groups ?? {};
    const phase = /^I: (.+?)\.*$/.exec(line)?.[1];
    if (fetched !== undefined) this.#doing = `fetching ${fetched}`;
    else if (unpacked !== undefined) this.#doing = `unpacking ${unpacked}`;
    else if (setUp !== undefined) this.#doing = `setting up ${setUp}`;
    else if (phase !== undefined) this.#doing = phase;
  }

  /** For example `42 %, unpacking kamailio`. */
  text(): string {
    const { from, share } = rounds[this.#round] ?? rounds[2];
    const done = this.#steps === 0 ? 0 : Math.min(1, this.#stepsDone / this.#steps);
    return `${Math.floor(from + share * done)} %, ${this.#doing}`;
  }

  /** Each package is fetched, unpacked and set up. */
  #begin(packages: number): void {
    this.#round = Math.min(this.#round + 1, rounds.length - 1);
    this.#steps = 3 * packages;
    this.#stepsDone = 0;
  }
}
