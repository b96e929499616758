import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { arrayText } from '../../../core/store/arrays.ts';
import { cloneDatabase } from '../../support/run/database.ts';

describe('an array written as text', () => {
  it('is read by Postgres as what was written, whatever the texts hold', async () => {
    const { db } = await cloneDatabase();
    // The one character that no text of Postgres can hold.
    const text = fc.string({ unit: 'grapheme' }).filter((one) => !one.includes('\0'));
    const odd = fc.constantFrom('', 'NULL', '"', '\\', '{a,b}', "'", ' ', '\n', '\\"');
    const one = fc.array(fc.option(fc.oneof(text, odd), { nil: null }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(one, fc.array(fc.integer()), async (texts, numbers) => {
        const whole = numbers.map((number) => number % 2 ** 31);
        const { rows } = await sql<{ texts: unknown; numbers: unknown }>`
          SELECT ${arrayText(texts)}::text[] AS texts, ${arrayText(whole)}::int[] AS numbers`.execute(
          db,
        );
        expect(rows).toEqual([{ texts, numbers: whole.map((number) => number + 0) }]);
      }),
      { numRuns: 60 },
    );
  });
});
