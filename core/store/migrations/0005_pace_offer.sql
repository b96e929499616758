-- Whether a slower pace is to be offered with the next tip ('due'), or was ('made'): once a person, ever.
ALTER TABLE preferences ADD COLUMN pace_offer text CHECK (pace_offer IN ('due', 'made'));
