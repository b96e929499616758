-- The keys of the two tables that take a row per person and day begin with the day: a new day's rows then stand behind
-- those of the days before and fill their pages, where a key beginning with the person split a page for every few rows.
-- Rows of one person are found without a day as well: PostgreSQL 18 skips from day to day in such an index.

ALTER TABLE outbox DROP CONSTRAINT outbox_pkey;
ALTER TABLE outbox ADD PRIMARY KEY (slot, stream, person_id);

ALTER TABLE attention DROP CONSTRAINT attention_pkey;
ALTER TABLE attention ADD PRIMARY KEY (local_day, class, person_id);
