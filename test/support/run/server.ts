/** The Postgres server of a test run: its databases by name. */
import { type Database, openDatabase } from '../../../core/store/database.ts';

/** The migrated store that every test file clones. */
export const templateName = 'langkah_template';

/** The address of another database on the same server. */
export const onDatabase = (url: string, name: string): string => {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.toString();
};

/** One connection for `work`; its end gives back every lock. */
export const withConnection = async (
  url: string,
  work: (db: Database) => Promise<void>,
): Promise<void> => {
  const db = openDatabase(url, { max: 1 });
  try {
    await work(db);
  } finally {
    await db.destroy();
  }
};
