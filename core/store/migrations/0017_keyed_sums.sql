-- Sums of members that were made without a key could be searched for people, so they are erased: a small group has no line
-- with the waves of then. Statistics of shown figures stay.
UPDATE releases SET basis = basis || '{"members": [], "madeUnder": ""}' WHERE basis IS NOT NULL;
