-- The privacy notice under which a wave was opened: its version, and the hash of its words in both languages. Null in
-- waves launched before it was kept.
ALTER TABLE waves ADD COLUMN notice_version text;
ALTER TABLE waves ADD COLUMN notice_hash text CHECK (notice_hash ~ '^[0-9a-f]{16}$');
ALTER TABLE waves ADD CHECK ((notice_version IS NULL) = (notice_hash IS NULL));
