-- A person is a confirmed e-mail address. All of this row goes with erasure; nothing of it stands in the record.
CREATE TABLE people (
  id BIGINT PRIMARY KEY,
  email TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  password TEXT,
  language TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  warned_at BIGINT
);
CREATE INDEX people_seen ON people (seen_at);

-- `id` is the SHA-256 of the cookie's value in hex: who reads this table can sign in as nobody.
CREATE TABLE sessions (
  id TEXT PRIMARY KEY,
  person BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  began BIGINT NOT NULL,
  last_seen BIGINT NOT NULL,
  ends BIGINT NOT NULL,
  agent TEXT NOT NULL
);
CREATE INDEX sessions_person ON sessions (person);
CREATE INDEX sessions_ends ON sessions (ends);

-- What a link in a mail, or a password just typed, is worth: one act of one purpose, once, for a while.
CREATE TABLE proofs (
  hash BYTEA PRIMARY KEY,
  purpose TEXT NOT NULL,
  person BIGINT REFERENCES people (id) ON DELETE CASCADE,
  email TEXT NOT NULL,
  payload TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  ends BIGINT NOT NULL
);
CREATE INDEX proofs_email ON proofs (email);
CREATE INDEX proofs_person ON proofs (person);
CREATE INDEX proofs_ends ON proofs (ends);

CREATE TABLE api_tokens (
  id BIGINT PRIMARY KEY,
  hash BYTEA NOT NULL UNIQUE,
  person BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  scopes TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  last_used BIGINT,
  ends BIGINT NOT NULL
);
CREATE INDEX api_tokens_person ON api_tokens (person);
CREATE INDEX api_tokens_ends ON api_tokens (ends);

CREATE TABLE organisations (
  id BIGINT PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  made_at BIGINT NOT NULL
);

CREATE TABLE memberships (
  organisation BIGINT NOT NULL REFERENCES organisations (id),
  person BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  role TEXT NOT NULL,
  since BIGINT NOT NULL,
  PRIMARY KEY (organisation, person)
);
CREATE INDEX memberships_person ON memberships (person);

-- By address, so that somebody can be invited before they come.
CREATE TABLE invitations (
  organisation BIGINT NOT NULL REFERENCES organisations (id),
  email TEXT NOT NULL,
  role TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  PRIMARY KEY (organisation, email)
);
CREATE INDEX invitations_email ON invitations (email);

-- Acts that wait until the address behind them is confirmed. Once done, only where it led to is kept.
CREATE TABLE pending_acts (
  hash BYTEA PRIMARY KEY,
  platform BIGINT NOT NULL,
  act TEXT NOT NULL,
  fields TEXT NOT NULL,
  email TEXT NOT NULL,
  name TEXT NOT NULL,
  language TEXT NOT NULL,
  title TEXT NOT NULL,
  location TEXT NOT NULL,
  done BOOLEAN NOT NULL DEFAULT FALSE,
  ends BIGINT NOT NULL
);
CREATE INDEX pending_acts_email ON pending_acts (email);
CREATE INDEX pending_acts_ends ON pending_acts (ends);
