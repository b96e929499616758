-- Until then a lane that was told to wait goes at half its pace.
ALTER TABLE lanes ADD COLUMN slow_until timestamptz;

-- A claim finds the chat of each row's person.
CREATE INDEX identities_by_person ON identities (person_id);
