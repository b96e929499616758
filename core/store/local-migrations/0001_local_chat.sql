-- The local host's own chat workspace and tenant: what a real Slack or Teams would keep. Never deployed.
CREATE TABLE local_messages (
  platform text NOT NULL,
  ref text NOT NULL,
  user_id text NOT NULL,
  -- The payload exactly as the platform received it.
  payload json NOT NULL,
  sent_at timestamptz NOT NULL,
  changed_at timestamptz,
  PRIMARY KEY (platform, ref)
);
CREATE INDEX local_messages_by_user ON local_messages (platform, user_id, sent_at DESC);
