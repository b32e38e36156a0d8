// preStop of a media node: waits until its listens (and, with "calls", its calls) have ended, or until the time is over. Then comes
// SIGTERM, upon which the sidecar ends what is left as Draining. Usage: node drain.mjs SECONDS listens|calls
const [seconds, until] = process.argv.slice(2);
const metrics = `http://${process.env.POD_IP}:9464/metrics`;
const gauges = until === 'calls' ? ['medlyssning_calls', 'medlyssning_listens'] : ['medlyssning_listens'];
const end = Date.now() + Number(seconds) * 1000;

const upNow = async () => {
  const answer = await fetch(metrics, { signal: AbortSignal.timeout(5_000) });
  const text = await answer.text();
  const lines = gauges.map((gauge) => new RegExp(`^${gauge}(?:\\{[^}]*\\})? (\\S+)$`, 'gm'));
  return lines.flatMap((line) => [...text.matchAll(line)]).reduce((sum, [, value]) => sum + Number(value), 0);
};

// A sidecar that does not answer cannot say that the calls have ended, and calls come first; its listens have ended with it.
const unknown = until === 'calls' ? 1 : 0;
while (Date.now() < end && (await upNow().catch(() => unknown)) > 0)
  await new Promise((resolve) => setTimeout(resolve, 1_000));
