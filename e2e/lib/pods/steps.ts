/** What was done, and how long each step took. */
export class Steps {
  readonly #taken: { readonly name: string; readonly seconds: number }[] = [];

  /** Does one step and remembers how long it took, also where it fails. */
  async take<T>(name: string, step: () => Promise<T>): Promise<T> {
    const started = performance.now();
    try {
      return await step();
    } finally {
      this.#taken.push({ name, seconds: (performance.now() - started) / 1000 });
      this.tell(`${((performance.now() - started) / 1000).toFixed(1).padStart(6)} s  ${name}`);
    }
  }

  tell(line: string): void {
    process.stderr.write(`${line}\n`);
  }
}
