/**
 * `npm run simulate -- --seeds N --start S [--messages M] [--history true|false] [--honours true|false]
 * [--skew SECONDS] [--days D]`: seeds one after the other, a line each; the last line is JSON.
 */
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { runSeeds } from './seeds.ts';
import { withOwnServer } from './store/clones.ts';

const yesNo = z.enum(['true', 'false']).transform((text) => text === 'true');
const whole = z.string().regex(/^\d+$/, 'a whole number').transform(Number);
const optionsSchema = z.strictObject({
  seeds: whole.default(5),
  start: whole.default(1),
  messages: whole.default(500),
  /** Whether Slack lets us read messages back. */
  history: yesNo.default(true),
  /** Whether Slack honours the id of a message that is posted again. */
  honours: yesNo.default(false),
  skew: whole.default(300),
  days: z.enum(['1', '2', '3', '4']).default('4').transform(Number),
});

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const main = async (): Promise<void> => {
  const text = { type: 'string' } as const;
  const options = {
    seeds: text,
    start: text,
    messages: text,
    history: text,
    honours: text,
    skew: text,
    days: text,
  };
  const { values } = parseArgs({ options });
  const { skew, ...wish } = optionsSchema.parse(values);
  const span = { ...wish, skew: skew * 1000 };
  const { got, faced, failed, ok } = await withOwnServer((server) => runSeeds(server, span, say));
  say(JSON.stringify({ simulate: 'delivery', ...wish, skewSeconds: skew, got, faced, failed, ok }));
  process.exitCode = ok ? 0 : 1;
};

await main();
