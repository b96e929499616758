/** `npx langkah …`: what an operator does without a deploy. */
import { run } from './run.ts';

// Whoever reads only the first lines (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await run(process.argv.slice(2), {
  env: process.env,
  now: () => new Date(),
  print: (line) => console.log(line),
  complain: (line) => console.error(line),
});
