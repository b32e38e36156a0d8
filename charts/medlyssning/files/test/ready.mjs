// Asks each URL until it answers 200, for at most a minute; says what was missing.
const ask = async (url) => {
  const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch((error) => error);
  return answer instanceof Error
    ? `no answer (${answer.cause?.code ?? answer.message})`
    : answer.ok || (await answer.text());
};
const urls = process.argv.slice(1).filter((argument) => argument.startsWith('http'));
const end = Date.now() + 60_000;
for (const url of urls) {
  let found = await ask(url);
  while (found !== true && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    found = await ask(url);
  }
  console.log(`${url}: ${found === true ? 'ready' : found}`);
  if (found !== true) process.exitCode = 1;
}
