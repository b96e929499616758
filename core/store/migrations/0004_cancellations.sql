-- What an operator stopped. The sender's last look asks here, so whatever is planned or tried again later stops too.

CREATE TABLE cancellations (
  stream text NOT NULL,
  slot date NOT NULL,
  -- '' = every item of the slot; else an item, or the item of the catalogue behind it.
  item text NOT NULL DEFAULT '',
  -- 0 = everybody.
  person_id integer NOT NULL DEFAULT 0,
  reason text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (stream, slot, item, person_id)
);
