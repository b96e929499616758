/** Every committed change of the outbox, told by a trigger: what the witness holds against the product's own counts. */
import { sql } from 'kysely';
import type { Database } from '../../../core/store/database.ts';

/** A row as it stands, with who last wrote its intent. */
export type Row = {
  readonly personId: number;
  readonly stream: string;
  readonly slot: string;
  readonly item: string;
  readonly state: string;
  readonly reason: string | null;
  readonly attempt: number;
  readonly key: string | null;
  readonly due: Date;
  readonly expires: Date;
  /** The machine whose statement brought it into its state. */
  readonly author: string;
};

export type Change = { readonly before: Row | null; readonly after: Row | null };

export type Mirror = {
  readonly rows: ReadonlyMap<string, Row>;
  /** Names of the rows that have not come to an end. */
  readonly open: ReadonlySet<string>;
  /** Reads what was committed since, in the order of each row. */
  readonly read: (author: string) => Promise<readonly Change[]>;
};

export const nameOf = ({
  personId,
  stream,
  slot,
}: Pick<Row, 'personId' | 'stream' | 'slot'>): string => `${personId}/${stream}/${slot}`;

/** Installs the trigger on a clone; product code does not see it. */
export const installTrigger = async (db: Database): Promise<void> => {
  await sql`CREATE TABLE told (id bigserial PRIMARY KEY, gone boolean, person_id int, stream text,
    slot date, item text, state text, reason text, attempt int, key uuid, due timestamptz,
    expires timestamptz)`.execute(db);
  await sql`CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE r outbox;
    BEGIN
      IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
      INSERT INTO told (gone, person_id, stream, slot, item, state, reason, attempt, key, due, expires)
      VALUES (TG_OP = 'DELETE', r.person_id, r.stream, r.slot, r.item, r.state, r.reason, r.attempt,
        r.key, r.due, r.expires);
      RETURN NULL;
    END $$`.execute(db);
  await sql`CREATE TRIGGER tells AFTER INSERT OR UPDATE OR DELETE ON outbox
    FOR EACH ROW EXECUTE FUNCTION tell()`.execute(db);
};

const waiting = ['planned', 'retry', 'sending', 'unknown'];

type Told = Omit<Row, 'author'> & { readonly id: number; readonly gone: boolean };

export const openMirror = (admin: Database): Mirror => {
  const rows = new Map<string, Row>();
  const open = new Set<string>();
  return {
    rows,
    open,
    read: async (author) => {
      // Taken out as they are read: what was written but not committed yet comes with its own commit. Message after
      // message, each message's own changes in turn: in which order one statement meets its rows is the server's choice.
      const { rows: told } = await sql<Told>`
        WITH taken AS (DELETE FROM told RETURNING *)
        SELECT id, gone, person_id AS "personId", stream, slot, item, state, reason, attempt, key,
          due, expires FROM taken ORDER BY person_id, stream, slot, id`.execute(admin);
      return told.map(({ id: _id, gone, ...row }) => {
        const name = nameOf(row);
        const before = rows.get(name) ?? null;
        const after = gone ? null : { ...row, author };
        if (after === null) rows.delete(name);
        else rows.set(name, after);
        if (after !== null && waiting.includes(after.state)) open.add(name);
        else open.delete(name);
        return { before, after };
      });
    },
  };
};
