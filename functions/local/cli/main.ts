/** `npx langkah …`: what an operator does without a deploy. */
import { run } from './run.ts';

process.exitCode = await run(process.argv.slice(2), {
  env: process.env,
  now: () => new Date(),
  print: (line) => console.log(line),
  complain: (line) => console.error(line),
});
