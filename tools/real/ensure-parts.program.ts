import { ensureParts } from './parts.ts';
import { runToEnd } from './run-to-end.ts';

/** Brings the parts; says where they are and what a Kamailio that is run of them says, or why there are none. */
try {
  const parts = await ensureParts((line) => console.log(`progress: ${line}`));
  console.log(JSON.stringify(parts.from));
  console.log((await runToEnd(parts.command('kamailio', ['-v']))).output);
} catch (error) {
  console.log(String(error));
}
