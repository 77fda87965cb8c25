-- Work to do after an act, kept in the act's own transaction. A payload holds ids, never what a person wrote.
CREATE TABLE jobs (
  id BIGINT PRIMARY KEY,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  job_key TEXT UNIQUE,
  state BIGINT NOT NULL DEFAULT 0 CHECK (state IN (0, 1, 2)),
  run_at BIGINT NOT NULL,
  attempts BIGINT NOT NULL DEFAULT 0,
  leased_until BIGINT NOT NULL DEFAULT 0,
  token BIGINT NOT NULL DEFAULT 0,
  fault TEXT
);
CREATE INDEX jobs_due ON jobs (state, run_at, id);

-- Who may do what only one node may do. The token goes up with every new holder and never down.
CREATE TABLE leases (
  name TEXT PRIMARY KEY,
  token BIGINT NOT NULL,
  until BIGINT NOT NULL
);
