-- Files that belong to a statement: for everybody who may read it. After publication each came by an amendment.
CREATE TABLE challenge_attachments (
  id BIGINT PRIMARY KEY,
  challenge BIGINT NOT NULL,
  version BIGINT NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  size BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  path TEXT NOT NULL
);
CREATE INDEX challenge_attachments_challenge ON challenge_attachments (challenge);
CREATE INDEX challenge_attachments_path ON challenge_attachments (path);
