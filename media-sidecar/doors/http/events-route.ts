import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Notices } from './events/notices.ts';
import { createOpaqueIds } from './events/opaque-ids.ts';
import { Seats } from './events/seats.ts';
import { refresh, type TellParts } from './events/tell.ts';
import { frame, Telling } from './events/telling.ts';
import { writeOrDrop } from './events/write-or-drop.ts';
import { type Problem, RequestRefused } from './problem.ts';
import { refusalProblem } from './refusal-problem.ts';
import type { SignIn } from './sign-in.ts';

export interface EventsParts extends TellParts {
  readonly signIn: SignIn;
  readonly notices: Notices;
  readonly log: Logger;
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
  const { signIn, notices, log } = parts;
  const { index } = parts.know;
  const ids = createOpaqueIds();
  const all = { ...parts, ids };
  const followers = new Set<(telling: Telling) => void>();
  notices.follow((happened) => {
    const telling = new Telling(all, happened);
    for (const follow of followers) follow(telling);
  });
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
    const tellOn = (telling: Telling): void => {
      const fresh = telling.after(reached);
      if (!fresh) return;
      reached = fresh.reaches;
      const row = index.userBySubject(subject);
      // the login is another's now, or nobody's
      const isStill = row?.name === person.name && row.company === person.company;
      const events = isStill ? fresh.to({ person, isAdministrator }, row) : undefined;
      if (events) writeOrDrop(raw, events);
      if (!isStill) finish();
    };
    const follow = (telling: Telling): void => {
      try {
        tellOn(telling);
      } catch (error) {
        log.error({ err: error }, 'a stream of events could not be told');
        // what it missed it is told when it comes back
        finish();
      }
    };
    followers.add(follow);
    ends.push(() => followers.delete(follow));
    raw.write(`retry: ${retryMs}\n\n`);
    const last = ids.open(String(request.headers['last-event-id'] ?? ''));
    const missed = last === undefined ? undefined : notices.since(last);
    reached = missed ? (last ?? 0) : notices.sequence;
    if (!missed) writeOrDrop(raw, frame(refresh, ids.seal(reached)));
    else if (missed.length > 0) follow(new Telling(all, missed));
  });
};

const tooMany: Problem = {
  status: 429,
  reason: 'TooManyRequests',
  detail: 'Too many streams are open. Close some, or use one for all pages.',
};
