-- Corrections and recalls: what was sent can be put right.

ALTER TABLE attention DROP CONSTRAINT attention_class_check;
ALTER TABLE attention ADD CONSTRAINT attention_class_check
  CHECK (class IN ('lesson', 'later', 'survey', 'leader', 'correction'));

-- `version` says on which sources the reader's copy stood; '' where an item cites none. Earlier rows cannot tell.
UPDATE seen SET version = '' WHERE version <> '';
CREATE INDEX seen_by_item ON seen (item, version);

-- Items withdrawn as wrong: unsent ones stop, sent ones are replaced in place.
CREATE TABLE recalls (
  item text PRIMARY KEY,
  reason text NOT NULL,
  at timestamptz NOT NULL
);
