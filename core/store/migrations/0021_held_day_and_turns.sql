-- The local day whose attention a message holds, where that is not its slot: told by its time alone it would be another day
-- in a zone that its person has moved to since. Null, which takes no room, while it waits on its slot.
ALTER TABLE outbox ADD COLUMN held_day date;
UPDATE outbox o SET held_day = (o.due AT TIME ZONE p.time_zone)::date FROM people p
  WHERE p.id = o.person_id AND o.state <> 'sent' AND o.moved_reason IS NOT NULL
    AND (o.due AT TIME ZONE p.time_zone)::date <> o.slot;

-- Messages of one class that are due in the same quarter-hour go in an order that their runs share: ordered by their very
-- time, a run that is due a minute after a large one waits for the whole of it, and so does a message that is tried again.
DROP INDEX outbox_due;
CREATE INDEX outbox_due ON outbox (lane_id, priority, (date_bin('15 minutes', due, 'epoch'::timestamptz)),
  (hashint4(person_id >> 3) & 63), due) WHERE state IN ('planned', 'retry');
