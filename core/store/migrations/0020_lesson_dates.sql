-- Which tip the programme gives to a date, and when it first goes to somebody. From then on the date keeps it, whatever
-- becomes of the calendar or the order: the tips that follow are those that no date has had.
CREATE TABLE lesson_dates (
  slot date PRIMARY KEY,
  item text NOT NULL,
  begins timestamptz NOT NULL
);
-- A programme under way: what most people had or are to have on each date. What is planned ahead is looked at afresh, for
-- the order may have changed meanwhile.
INSERT INTO lesson_dates (slot, item, begins)
SELECT DISTINCT ON (slot) slot, item, first FROM
  (SELECT slot, item, count(*) AS people, min(due) AS first FROM outbox WHERE stream = 'lesson' GROUP BY 1, 2) AS had
ORDER BY slot, people DESC;
DELETE FROM job_runs WHERE name = 'plan';
