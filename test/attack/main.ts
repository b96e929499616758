/** `npm run attack -- --organisations N [--from SEED]`: ends with one JSON line; exit code 1 when anything was recovered. */
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { campaign } from './campaign.ts';

const whole = z
  .string()
  .regex(/^[1-9]\d{0,6}$/, 'a whole number from 1')
  .transform(Number);
const optionsSchema = z.strictObject({
  organisations: whole.default(1_000),
  from: whole.default(1),
});

const { values } = parseArgs({
  options: { organisations: { type: 'string' }, from: { type: 'string' } },
});
const { organisations, from } = optionsSchema.parse(values);
const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const outcome = await campaign(organisations, { from, say });
say(JSON.stringify(outcome));
process.exitCode = outcome.recovered === 0 ? 0 : 1;
