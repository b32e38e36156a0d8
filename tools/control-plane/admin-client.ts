import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import type { Login } from './kubeconfig.ts';

export interface AdminRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With its query, for example `/api/v1/namespaces?limit=1`. */
  readonly path: string;
  readonly body?: unknown;
  /** Default `application/json`. */
  readonly contentType?: string;
}

export interface AdminResponse {
  readonly status: number;
  /** The JSON that was answered, or its text when it is none. */
  readonly body: unknown;
  /** What the API server warns of (RFC 9111, 299), without code and agent. */
  readonly warnings: readonly string[];
}

/** Requests as they are, by one login: the administrator's arrange the world for tests, anyone's show what they may do. */
export class AdminClient {
  readonly #server: string;
  readonly #agent: Agent;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(server: string, caCertificate: string, login: Login) {
    const certificate = 'token' in login ? {} : { key: login.key, cert: login.certificate };
    this.#server = server;
    this.#agent = new Agent({ keepAlive: true, ca: caCertificate, ...certificate });
    this.#headers = 'token' in login ? { authorization: `Bearer ${login.token}` } : {};
  }

  /** Rejects when the API server cannot be reached; an answer of any status is an answer. */
  async request({
    method,
    path,
    body,
    contentType = 'application/json',
  }: AdminRequest): Promise<AdminResponse> {
    const sent = request(`${this.#server}${path}`, {
      method,
      agent: this.#agent,
      headers: {
        accept: 'application/json',
        ...this.#headers,
        ...(body === undefined ? {} : { 'content-type': contentType }),
      },
    });
    sent.end(body === undefined ? undefined : JSON.stringify(body));
    const [response]: IncomingMessage[] = await once(sent, 'response');
    if (response === undefined) throw new Error('There was no response.');
    let text = '';
    for await (const chunk of response.setEncoding('utf8')) text += chunk;
    return { status: response.statusCode ?? 0, body: parsed(text), warnings: warningsOf(response) };
  }

  close(): void {
    this.#agent.destroy();
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function warningsOf(response: IncomingMessage): readonly string[] {
  const headers = response.headersDistinct['warning'] ?? [];
  return headers.flatMap((header) =>
    [...header.matchAll(/299 \S+ ("(?:[^"\\]|\\.)*")/g)].map(([, quoted]) => quoted ?? ''),
  );
}
