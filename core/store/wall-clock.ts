/** The one statement that reads a clock: the server's, by which all hosts of a deployment set theirs. */
import { sql } from 'kysely';
import type { Database } from './database.ts';

/** The server's present time. */
export const serverTime = async (db: Database): Promise<Date> => {
  const { rows } = await sql<{ at: Date }>`SELECT clock_timestamp() AS at`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('the server told no time');
  return row.at;
};
