-- Whether an earlier try of the message may have arrived without anybody's confirmation.
ALTER TABLE outbox ADD COLUMN in_doubt boolean NOT NULL DEFAULT false;
