/** Puts the sample agency into an empty store, through the same door as a real roster. */
import type { Transaction } from 'kysely';
import { keyRoster, pseudonym } from '../../../core/people/person.ts';
import { applyRoster, type RosterOptions } from '../../../core/store/people/roster.ts';
import type { Tables } from '../../../core/store/schema.ts';
import { type SampleOptions, sampleKeys, samplePeople, sampleUnits } from './agency.ts';

export type SeedOptions = SampleOptions &
  RosterOptions & {
    readonly secret: string;
    /** Last day of the paused person's pause, inclusive. */
    readonly pausedUntil: string;
  };

/** Writes units, people and the choices of the one who stopped and the one who paused; a second time changes nothing. */
export const seedSample = async (trx: Transaction<Tables>, options: SeedOptions): Promise<void> => {
  const people = samplePeople({ leave: options.leave });
  await applyRoster(trx, keyRoster({ units: sampleUnits, people }, options.secret), options);
  const choose = async (
    employeeKey: string,
    choice: { readonly stopped_at: Date } | { readonly paused_until: string },
  ): Promise<void> => {
    await trx
      .updateTable('preferences')
      // Both had been welcomed before they chose.
      .set({ ...choice, welcomed_at: options.now })
      .where('person_id', 'in', (from) =>
        from
          .selectFrom('people')
          .select('id')
          .where('employee_key', '=', pseudonym(employeeKey, options.secret)),
      )
      .execute();
  };
  await choose(sampleKeys.stopped, { stopped_at: options.now });
  await choose(sampleKeys.paused, { paused_until: options.pausedUntil });
};
