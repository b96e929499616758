-- Whether a wave can be counted: its keys are kept; or were gone when it was to be counted; or an operator has given it up
-- since, and it ends without a release.
ALTER TABLE waves ADD COLUMN keys text NOT NULL DEFAULT 'kept' CHECK (keys IN ('kept', 'gone', 'abandoned'));
ALTER TABLE waves ADD CHECK (CASE keys WHEN 'gone' THEN status = 'closing' WHEN 'abandoned' THEN status <> 'open' ELSE true END);
