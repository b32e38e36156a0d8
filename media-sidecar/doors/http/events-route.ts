import type { FastifyInstance } from 'fastify';
import type { Notice } from './events/notice.ts';
import type { Notices } from './events/notices.ts';
import { createOpaqueIds } from './events/opaque-ids.ts';
import { Seats } from './events/seats.ts';
import { refresh, type TellParts, type Told, tell } from './events/tell.ts';
import { writeOrDrop } from './events/write-or-drop.ts';
import { type Problem, RequestRefused } from './problem.ts';
import { refusalProblem } from './refusal-problem.ts';
import type { SignIn } from './sign-in.ts';

export interface EventsParts extends TellParts {
  readonly signIn: SignIn;
  readonly notices: Notices;
}

const maxStreams = 1_500;
const maxOfOne = 8;
/** A proxy in between closes what is silent for a minute. */
const beatMs = 15_000;
const retryMs = 2_000;
const endMs = 5_000;
/** The longest that a timer can wait. */
const maxTimerMs = 2 ** 31 - 1;

const schema = {
  summary: 'What changes, as server-sent events',
  description:
    'Events: `colleague` (a row of /v1/colleagues, as it is now), `listen` (a row of /v1/listens, or its end with the reason), and `refresh` (fetch both again: at the beginning, and where not all could be told). Send Last-Event-ID to go on where one was.',
  headers: { type: 'object', properties: { 'last-event-id': { type: 'string', maxLength: 64 } } },
  response: { 200: { content: { 'text/event-stream': { schema: { type: 'string' } } } } },
} as const;

/** `GET /v1/events`: a stream for as long as the token is valid, filtered for its bearer at every event. */
export const eventsRoute = (app: FastifyInstance, parts: EventsParts): void => {
  const { signIn, notices, know } = parts;
  const ids = createOpaqueIds();
  const streams = new Seats(maxStreams, maxOfOne);

  app.get('/v1/events', { schema }, async (request, reply) => {
    const { subject, isAdministrator, person, expiresAt } = await signIn(request);
    if (!person) throw new RequestRefused(refusalProblem({ reason: 'ListenerUnknown', language: 'en' }));
    // gone while its token was looked at
    if (request.socket.destroyed) return;
    if (!streams.enter(subject)) throw new RequestRefused(tooMany);

    const { raw } = reply.hijack();
    raw.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    request.socket.setTimeout(0);

    const beat = setInterval(() => writeOrDrop(raw, ':\n\n'), beatMs);
    const finish = (): void => {
      stop();
      raw.end();
      // nobody may be there to take the end
      request.socket.setTimeout(endMs, () => request.socket.destroy());
    };
    const expiry = setTimeout(finish, Math.min(expiresAt - Date.now(), maxTimerMs));
    const ends = [() => clearInterval(beat), () => clearTimeout(expiry)];
    const stop = (): void => {
      for (const end of ends.splice(0)) end();
    };
    raw.once('close', () => {
      stop();
      streams.leave(subject);
    });

    let reached = 0;
    const send = (told: readonly Told[]): void => {
      if (told.length === 0) return;
      // the last alone has an id: who is cut off within them is told all of them again
      writeOrDrop(
        raw,
        told.map((one, n) => frame(one, n === told.length - 1 ? ids.seal(reached) : undefined)).join(''),
      );
    };
    const follow = (happened: readonly Notice[]): void => {
      const fresh = happened.filter(({ sequence }) => sequence > reached);
      reached = fresh.at(-1)?.sequence ?? reached;
      const row = know.index.userBySubject(subject);
      // the login is another's now, or nobody's
      const isStill = row?.name === person.name && row.company === person.company;
      if (isStill) send(tell(parts, { person, isAdministrator }, fresh));
      else finish();
    };

    ends.push(notices.follow(follow));

    const last = ids.open(String(request.headers['last-event-id'] ?? ''));
    const missed = last === undefined ? undefined : notices.since(last);
    raw.write(`retry: ${retryMs}\n\n`);
    if (missed) {
      reached = last ?? 0;
      follow(missed);
    } else {
      reached = notices.sequence;
      send([refresh]);
    }
  });
};

const frame = ({ event, data }: Told, id: string | undefined): string =>
  `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

const tooMany: Problem = {
  status: 429,
  reason: 'TooManyRequests',
  detail: 'Too many streams are open. Close some, or use one for all pages.',
};
