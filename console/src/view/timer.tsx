import { useEffect, useState } from 'preact/hooks';
import { duration } from './duration.ts';

/** How long since then, by the clock of the sidecar: `2:05`, `1:02:05`. */
export const Timer = ({ since, now }: { since: string; now: () => number }) => {
  const [at, setAt] = useState(now);
  useEffect(() => {
    const timer = setInterval(() => setAt(now()), 1_000);
    return () => clearInterval(timer);
  }, [now]);
  return (
    <time class="timer" dateTime={since} role="timer">
      {duration(at - Date.parse(since))}
    </time>
  );
};
