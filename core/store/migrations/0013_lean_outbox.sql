-- The outbox is by far the largest table: its columns lie so that no row is padded, a state takes four bytes, a row that
-- stands as it was planned has no time of change, and one that was sent keeps nothing that only a waiting one needs.

CREATE TYPE nudge_state AS ENUM ('planned', 'sending', 'sent', 'retry', 'unreachable', 'skipped',
  'expired', 'unknown', 'unconfirmed', 'settled');

ALTER TABLE outbox RENAME TO outbox_before;
ALTER INDEX outbox_pkey RENAME TO outbox_before_pkey;
ALTER INDEX outbox_due RENAME TO outbox_before_due;
ALTER INDEX outbox_open RENAME TO outbox_before_open;

CREATE TABLE outbox (
  due timestamptz NOT NULL,
  -- The end of its window; null once it was sent.
  expires timestamptz,
  -- Null while the row stands as it was planned.
  changed_at timestamptz,
  person_id integer NOT NULL,
  slot date NOT NULL,
  -- Null when the person has no chat identity: the row then ends as skipped.
  lane_id integer,
  state nudge_state NOT NULL,
  -- Lower is sent first: 1 correction, 2 pulse, 3 leader, 4 lesson, 5 reminder.
  priority smallint NOT NULL,
  attempt smallint NOT NULL DEFAULT 0,
  -- Whether an earlier try of the message may have arrived without anybody's confirmation.
  in_doubt boolean NOT NULL DEFAULT false,
  stream text NOT NULL,
  item text NOT NULL,
  reason text,
  -- Why due is not the person's usual time, e.g. "Friday rest"; null when it is.
  moved_reason text,
  fence bigint,
  -- When a message in doubt was last looked up.
  asked_at timestamptz,
  key uuid,
  conversation text,
  ref text,
  PRIMARY KEY (person_id, stream, slot)
) PARTITION BY RANGE (slot);
-- Messages of one class that are due together go in an order that their runs share, by a small hash of the person: no run
-- waits for another that was planned before it. Few distinct values keep the index small.
CREATE INDEX outbox_due ON outbox (lane_id, priority, due, (hashint4(person_id >> 3) & 63))
  WHERE state IN ('planned', 'retry');
CREATE INDEX outbox_open ON outbox (state, changed_at) WHERE state IN ('sending', 'unknown');

DO $$
DECLARE
  part record;
BEGIN
  FOR part IN
    SELECT c.relname AS name, pg_get_expr(c.relpartbound, c.oid) AS bound
    FROM pg_inherits h JOIN pg_class c ON c.oid = h.inhrelid
    WHERE h.inhparent = 'outbox_before'::regclass
  LOOP
    EXECUTE format('ALTER TABLE outbox_before DETACH PARTITION %I', part.name);
    EXECUTE format('ALTER TABLE %I RENAME TO %I', part.name, part.name || '_before');
    EXECUTE format('CREATE TABLE %I PARTITION OF outbox %s', part.name, part.bound);
    EXECUTE format('INSERT INTO outbox (due, expires, changed_at, person_id, slot, lane_id, state,
        priority, attempt, in_doubt, stream, item, reason, moved_reason, fence, asked_at, key,
        conversation, ref)
      SELECT due, expires, changed_at, person_id, slot, lane_id, state::nudge_state, priority,
        attempt, in_doubt, stream, item, reason, moved_reason, fence, asked_at, key, conversation,
        ref FROM %I', part.name || '_before');
    EXECUTE format('DROP TABLE %I', part.name || '_before');
  END LOOP;
END $$;
DROP TABLE outbox_before;
