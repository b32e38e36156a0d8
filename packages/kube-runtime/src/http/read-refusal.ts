import { ApiError } from '../api/api-error.ts';
import { isFilled, isJson, type Json } from './read-object.ts';

/** Kubernetes' words for what comes without one, for example from a load balancer. */
const reasons: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  409: 'Conflict',
  410: 'Expired',
  413: 'RequestEntityTooLarge',
  422: 'Invalid',
  429: 'TooManyRequests',
  500: 'InternalError',
  503: 'ServiceUnavailable',
  504: 'Timeout',
};

export interface Refusal {
  /** What was asked, as the middle of a sentence: `list companies.example.com`. */
  readonly what: string;
  readonly status: number;
  readonly retryAfter?: string | undefined;
  /** Of kind Status, if it came from the API server itself. */
  readonly body: string;
}

export const readRefusal = ({ what, status, retryAfter, body }: Refusal): ApiError => {
  const json = tryParse(body);
  const said = isJson(json) && json['kind'] === 'Status' ? json : {};
  return refusal(what, said, status, secondsToMs(Number(retryAfter)));
};

/** The object of a watch's ERROR event. */
export const readErrorEvent = (what: string, object: unknown): ApiError => {
  const said = isJson(object) ? object : {};
  const code = said['code'];
  return refusal(what, said, typeof code === 'number' ? code : 500, undefined);
};

const refusal = (what: string, said: Json, status: number, retryAfterMs: number | undefined): ApiError => {
  const reason = isFilled(said['reason']) ? said['reason'] : (reasons[status] ?? 'Unknown');
  const message = isFilled(said['message']) ? said['message'].slice(0, 2000) : 'it gave no reason';
  const details = isJson(said['details']) ? said['details'] : {};
  return new ApiError(`The API server refused to ${what}: ${status} ${reason}, ${message}.`, {
    status,
    reason,
    retryAfterMs: retryAfterMs ?? secondsToMs(details['retryAfterSeconds']),
  });
};

const tryParse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const secondsToMs = (seconds: unknown): number | undefined =>
  typeof seconds === 'number' && seconds > 0 ? Math.min(seconds, 86_400) * 1000 : undefined;
