-- Apps installed by workspaces and organisations. Tokens are sealed; doors read the current one from the secret store.
CREATE TABLE installations (
  -- '' for a workspace outside of an organisation, and for an organisation as a whole.
  enterprise_id text NOT NULL,
  team_id text NOT NULL,
  sealed text NOT NULL,
  -- When tokens are to be renewed, or tried again; null = they do not end.
  renew_at timestamptz,
  -- Whether the current token stands in the secret store for every workspace.
  published boolean NOT NULL DEFAULT false,
  installed_at timestamptz NOT NULL,
  PRIMARY KEY (enterprise_id, team_id),
  CHECK (enterprise_id <> '' OR team_id <> '')
);

-- Which installation serves a workspace.
CREATE TABLE installed_workspaces (
  workspace_id text PRIMARY KEY,
  enterprise_id text NOT NULL,
  team_id text NOT NULL,
  FOREIGN KEY (enterprise_id, team_id) REFERENCES installations ON DELETE CASCADE
);

-- The zone that the chat tells of a person; the roster's last word stays beside it, and whichever changed last counts.
ALTER TABLE identities ADD COLUMN zone text;
ALTER TABLE people ADD COLUMN roster_zone text;
CREATE INDEX identities_by_user ON identities (platform, user_id);
CREATE INDEX people_by_email ON people (lower(email)) WHERE email IS NOT NULL;

-- How far the directory of a workspace has been read.
CREATE TABLE directory_reads (
  lane_id integer PRIMARY KEY REFERENCES lanes (id) ON DELETE CASCADE,
  -- Where the next page begins; null = at the beginning.
  cursor text,
  -- No page is asked for earlier.
  next_at timestamptz NOT NULL,
  -- End of the last whole reading.
  ended_at timestamptz,
  -- Whether e-mail addresses were shown.
  emails boolean,
  refused text,
  -- Counts of the reading under way, else of the last one.
  members integer NOT NULL DEFAULT 0,
  matched integer NOT NULL DEFAULT 0,
  guests integer NOT NULL DEFAULT 0,
  gone integer NOT NULL DEFAULT 0
);
