/** `npm run simulate -- --seeds N --start S [--messages M] [--history true|false] [--skew SECONDS] [--days D]`. */
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { runSeeds } from './seeds.ts';
import { withOwnServer } from './stage.ts';

const whole = z.string().regex(/^\d+$/, 'a whole number').transform(Number);
const optionsSchema = z.strictObject({
  seeds: whole.default(5),
  start: whole.default(1),
  messages: whole.default(500),
  history: z
    .enum(['true', 'false'])
    .default('true')
    .transform((text) => text === 'true'),
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
    skew: text,
    days: text,
  };
  const { values } = parseArgs({ options });
  const { skew, ...wish } = optionsSchema.parse(values);
  const span = { ...wish, skew: skew * 1000 };
  const { got, failed, ok } = await withOwnServer((server) => runSeeds(server, span, say));
  say(JSON.stringify({ simulate: 'delivery', ...wish, skewSeconds: skew, got, failed, ok }));
  process.exitCode = ok ? 0 : 1;
};

await main();
