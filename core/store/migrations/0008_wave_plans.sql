-- Survey periods as HR plans them. A wave of the programme's file has a row here once HR has changed it.

CREATE TABLE wave_plans (
  id text PRIMARY KEY,
  opens date NOT NULL,
  working_days integer NOT NULL CHECK (working_days BETWEEN 1 AND 30),
  -- Ids of the rotating items; the anchors are always asked.
  rotating text[] NOT NULL,
  -- Null = by the wave's place in the programme.
  depth text CHECK (depth IN ('agency', 'directorates', 'units')),
  state text NOT NULL CHECK (state IN ('planned', 'cancelled')),
  changed_at timestamptz NOT NULL
);

-- How far down a wave publishes, and its groups as frozen at the launch.
ALTER TABLE waves ADD COLUMN depth text NOT NULL DEFAULT 'units'
  CHECK (depth IN ('agency', 'directorates', 'units'));
ALTER TABLE waves ADD COLUMN groups jsonb NOT NULL DEFAULT '[]';

-- Waves launched before this migration have the unit tree of today.
WITH RECURSIVE tree (id, parent_id, name, level_label, depth, path) AS (
  SELECT id, parent_id, name, level_label, 0, ARRAY[id] FROM units WHERE parent_id IS NULL
  UNION ALL
  SELECT u.id, u.parent_id, u.name, u.level_label, t.depth + 1, t.path || u.id
  FROM units u JOIN tree t ON u.parent_id = t.id
)
UPDATE waves SET groups = (
  SELECT coalesce(jsonb_agg(jsonb_build_object('unit', id, 'parent', parent_id, 'kind', 'unit',
    'name', name, 'levelLabel', level_label, 'depth', depth) ORDER BY path), '[]'::jsonb) FROM tree);

-- What a launch has fixed stays fixed, whoever holds the database: a wave is not reopened, not prolonged, not asked
-- anew, not cut finer, and not launched a second time.
CREATE OR REPLACE FUNCTION waves_go_forward() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  statuses CONSTANT text[] := '{open,closing,published,erased}';
  depths CONSTANT text[] := '{agency,directorates,units}';
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'wave % was launched: it stays', OLD.id USING ERRCODE = '23514';
  END IF;
  IF array_position(statuses, NEW.status) < array_position(statuses, OLD.status) THEN
    RAISE EXCEPTION 'wave % is not reopened', OLD.id USING ERRCODE = '23514';
  END IF;
  IF array_position(depths, NEW.depth) > array_position(depths, OLD.depth) THEN
    RAISE EXCEPTION 'wave % is not cut finer after its launch', OLD.id USING ERRCODE = '23514';
  END IF;
  IF (NEW.closes_at, NEW.depth) IS DISTINCT FROM (OLD.closes_at, OLD.depth)
      AND (OLD.status <> 'open' OR NEW.closes_at > OLD.closes_at) THEN
    RAISE EXCEPTION 'wave % is neither prolonged nor changed after its close', OLD.id
      USING ERRCODE = '23514';
  END IF;
  IF (NEW.id, NEW.survey, NEW.items, NEW.opens_at, NEW.public_key)
      IS DISTINCT FROM (OLD.id, OLD.survey, OLD.items, OLD.opens_at, OLD.public_key)
      OR (OLD.groups <> '[]' AND NEW.groups <> OLD.groups)
      OR (OLD.invited <> 0 AND NEW.invited <> OLD.invited) THEN
    RAISE EXCEPTION 'form, groups and members of wave % are fixed', OLD.id USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER waves_go_forward BEFORE UPDATE OR DELETE ON waves
  FOR EACH ROW EXECUTE FUNCTION waves_go_forward();

-- Members come with the launch, and nobody is moved to another group or added later.
CREATE OR REPLACE FUNCTION wave_members_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' OR EXISTS (
      SELECT 1 FROM joined j JOIN waves w ON w.id = j.wave_id WHERE w.invited <> 0 OR w.status <> 'open') THEN
    RAISE EXCEPTION 'the members of a wave are fixed at its launch' USING ERRCODE = '23514';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER wave_members_join AFTER INSERT ON wave_members REFERENCING NEW TABLE AS joined
  FOR EACH STATEMENT EXECUTE FUNCTION wave_members_stay();
CREATE TRIGGER wave_members_stay AFTER UPDATE ON wave_members REFERENCING NEW TABLE AS joined
  FOR EACH STATEMENT EXECUTE FUNCTION wave_members_stay();
