/** One store, one roster key: what is kept of it tells another one, and not the key. */
import type { Transaction } from 'kysely';
import { ConflictError } from '../../errors.ts';
import type { KeyedRoster } from '../../people/person.ts';
import type { Tables } from '../schema.ts';

type Trx = Transaction<Tables>;

/** Keeps the key's check in a store that has none; throws ConflictError where it has another one's. */
export const checkSecret = async (trx: Trx, check: string): Promise<void> => {
  const value = JSON.stringify(check);
  await trx
    .insertInto('settings')
    .values({ name: 'roster-check', value })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  await refuseOtherKey(trx, { check });
};

/**
 * Throws ConflictError where the store was filled with another key: under it every known person would come back as a
 * stranger beside the old self. Writes nothing.
 */
export const refuseOtherKey = async (
  trx: Trx,
  { check }: Pick<KeyedRoster, 'check'>,
): Promise<void> => {
  const stored = await trx
    .selectFrom('settings')
    .select('value')
    .where('name', '=', 'roster-check')
    .executeTakeFirst();
  if (stored !== undefined && stored.value !== check)
    throw new ConflictError('the roster key is not the one with which this database was filled');
};
