/** The append-only log of acts on the programme: who, what, when; never an answer. */
import type { Database } from './database.ts';

export type AuditEntry = {
  readonly at: Date;
  readonly actor: string;
  readonly act: string;
  readonly detail: Readonly<Record<string, unknown>>;
};

/** Appends one entry. */
export const recordAudit = async (db: Database, entry: AuditEntry): Promise<void> => {
  await db
    .insertInto('audit_log')
    .values({
      at: entry.at,
      actor: entry.actor,
      act: entry.act,
      detail: JSON.stringify(entry.detail),
    })
    .execute();
};
