-- What doctor and the look-ups found out about each lane, and how far the look-ups have come.

-- What a repeated client_msg_id does there; null = nobody has tried.
ALTER TABLE lanes ADD COLUMN client_msg_id text
  CHECK (client_msg_id IN ('deduplicates', 'ignored', 'refused'));
-- Whether messages can be looked up there; null = nobody has tried.
ALTER TABLE lanes ADD COLUMN history boolean;
ALTER TABLE lanes ADD COLUMN found_at timestamptz;
-- GCRA: theoretical arrival time of the next look-up.
ALTER TABLE lanes ADD COLUMN next_look_up timestamptz;

-- When a message in doubt was last looked up.
ALTER TABLE outbox ADD COLUMN asked_at timestamptz;
