-- Which tip the programme gives to a date, and when it first goes to somebody. From then on the date keeps it, whatever
-- becomes of the calendar or the order: the tips that follow are those that no date has had.
CREATE TABLE lesson_dates (
  slot date PRIMARY KEY,
  item text NOT NULL,
  begins timestamptz NOT NULL
);
