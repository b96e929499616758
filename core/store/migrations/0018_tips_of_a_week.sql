-- Which of the week's tips it is, from 1, once it goes: two lanes that claim for one person at once cannot both take the
-- last of a week. Null where a tip a working day is no more than the person asks for. The week is named by its Monday.
ALTER TABLE attention ADD COLUMN tip smallint;
CREATE UNIQUE INDEX attention_week
  ON attention (person_id, (local_day - (extract(isodow FROM local_day)::integer - 1)), tip)
  WHERE tip IS NOT NULL;
