/** A program and its arguments, ready to be started: on this machine as it is, or inside the Debian root. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
}
