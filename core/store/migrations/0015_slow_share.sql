-- How slowly a lane goes is a figure of its own beside the stretch it goes so: a refusal on a slow lane halves it once more.
-- What a lane kept so far lasted seconds and is let go.
ALTER TABLE lanes ADD COLUMN slow_from timestamptz;
ALTER TABLE lanes ADD COLUMN slow_share real CHECK (slow_share BETWEEN 0.0625 AND 1);
UPDATE lanes SET slow_until = NULL WHERE slow_until IS NOT NULL;
ALTER TABLE lanes ADD CHECK ((slow_from IS NULL) = (slow_until IS NULL) AND (slow_share IS NULL) = (slow_until IS NULL));
