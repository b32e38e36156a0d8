/** Where an operator writes what it does. */
export interface OperatorLogger {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

export const silentLogger: OperatorLogger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
};
