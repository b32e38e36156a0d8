import type { KubeObject } from '../api/kube-object.ts';
import type { ResourceType } from '../api/resource-type.ts';
import type { WatchEvent } from '../api/watch-event.ts';
import { garbled, isFilled, isJson, parseJson, readObject } from './read-object.ts';
import { readErrorEvent } from './read-refusal.ts';

/** Throws `ApiError` for an ERROR event, and `ApiUnreachable`, reason `Garbled`, for what is no event. */
export const readWatchEvent = <T extends KubeObject>(
  type: ResourceType<T>,
  line: string,
  what: string,
): WatchEvent<T> => {
  const { type: happened, object } = parseJson(line);
  switch (happened) {
    case 'ADDED':
    case 'MODIFIED':
    case 'DELETED':
      return { type: happened, object: readObject(type, object) };
    case 'BOOKMARK': {
      const metadata = isJson(object) ? object['metadata'] : undefined;
      const resourceVersion = isJson(metadata) ? metadata['resourceVersion'] : undefined;
      if (!isFilled(resourceVersion)) throw garbled('A bookmark came without resourceVersion.');
      return { type: 'BOOKMARK', resourceVersion };
    }
    case 'ERROR':
      throw readErrorEvent(what, object);
    default:
      throw garbled('An event of the watch is of no known type.');
  }
};
