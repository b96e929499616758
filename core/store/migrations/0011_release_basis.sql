-- What a close keeps for the waves after it: coded statistics of shown figures, power sums of groups' members. It is
-- read by the next close alone; no page, file or message reads it.
ALTER TABLE releases ADD COLUMN basis jsonb;
