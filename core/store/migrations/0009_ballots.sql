-- A box is sealed and has one size: trying to compress it is work for nothing.
ALTER TABLE ballots ALTER COLUMN sealed SET STORAGE EXTERNAL;
