import { Client, type ClientConfig } from 'pg';

/** How long the server is waited for: to connect, and for each answer, ms. */
export interface Patience {
  readonly connectMs: number;
  readonly queryMs: number;
}

/** Numbers that JavaScript has exactly: places in a chain and times in ms lie far below 2^53. */
const int8 = 20;

/**
 * One connection, made when it is first needed and again after it broke. What is asked of it is carried out one at a time; where that fails,
 * whatever was begun on it is gone with the connection.
 */
export class Connection {
  readonly #config: ClientConfig;
  readonly #onOpen: (client: Client) => Promise<void>;
  #client: Client | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(url: string, { connectMs, queryMs }: Patience, onOpen: (client: Client) => Promise<void>) {
    this.#config = {
      connectionString: url,
      application_name: 'medlyssning',
      connectionTimeoutMillis: connectMs,
      query_timeout: queryMs,
      statement_timeout: queryMs,
      keepAlive: true,
    };
    this.#onOpen = onOpen;
  }

  /** Rejects with what pg says, or what `run` threw. */
  use<T>(run: (client: Client) => Promise<T>): Promise<T> {
    const done = this.#last.then(async () => {
      try {
        this.#client ??= await this.#open();
        return await run(this.#client);
      } catch (error) {
        await this.#drop();
        throw error;
      }
    });
    this.#last = done.catch(() => {});
    return done;
  }

  async close(): Promise<void> {
    await this.#last;
    await this.#drop();
  }

  async #open(): Promise<Client> {
    const client = new Client(this.#config);
    // what waits for an answer is told as well; without a listener the process would end
    client.on('error', () => {
      if (this.#client === client) this.#client = undefined;
    });
    client.setTypeParser(int8, Number);
    try {
      await client.connect();
      await this.#onOpen(client);
      return client;
    } catch (error) {
      void client.end().catch(() => {});
      throw error;
    }
  }

  async #drop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    // a server that does not answer is not waited for
    void client?.end().catch(() => {});
  }
}
