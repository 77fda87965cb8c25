-- A log a platform: its size and right edge are one row, so that an append is two small writes.
CREATE TABLE logs (
  platform BIGINT PRIMARY KEY,
  origin TEXT NOT NULL UNIQUE,
  size BIGINT NOT NULL,
  edge BYTEA NOT NULL
);

-- Level 0 of the tree, with the entry that each leaf hashes.
CREATE TABLE leaves (
  platform BIGINT NOT NULL,
  position BIGINT NOT NULL,
  hash BYTEA NOT NULL,
  entry BYTEA NOT NULL,
  PRIMARY KEY (platform, position)
);

-- The roots of complete subtrees of 256^level leaves, level 1 and up: the tiles above level 0 (C2SP tlog-tiles).
CREATE TABLE subtrees (
  platform BIGINT NOT NULL,
  level BIGINT NOT NULL,
  position BIGINT NOT NULL,
  hash BYTEA NOT NULL,
  PRIMARY KEY (platform, level, position)
);

-- Every checkpoint that was signed: the size never falls, one root a size.
CREATE TABLE checkpoints (
  platform BIGINT NOT NULL,
  size BIGINT NOT NULL,
  root BYTEA NOT NULL,
  note TEXT NOT NULL,
  signed_at BIGINT NOT NULL,
  PRIMARY KEY (platform, size)
);

-- What was done. `content` and `opening` (the key of the commitment in the leaf) are what erasure takes away.
CREATE TABLE acts (
  id BIGINT PRIMARY KEY,
  platform BIGINT NOT NULL,
  position BIGINT NOT NULL,
  name TEXT NOT NULL,
  done_at BIGINT NOT NULL,
  person BIGINT,
  role TEXT NOT NULL,
  subject TEXT NOT NULL,
  visibility BIGINT NOT NULL,
  content TEXT,
  opening BYTEA,
  idempotency BYTEA,
  made BIGINT,
  location TEXT NOT NULL
);
CREATE UNIQUE INDEX acts_position ON acts (platform, position);
CREATE UNIQUE INDEX acts_idempotency ON acts (idempotency) WHERE idempotency IS NOT NULL;
CREATE INDEX acts_person ON acts (person, id) WHERE person IS NOT NULL;
CREATE INDEX acts_subject ON acts (platform, subject, id);
