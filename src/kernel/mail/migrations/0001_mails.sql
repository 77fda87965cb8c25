-- Mail on its way out, and for a short while after. What a person is told stands here and nowhere else.
CREATE TABLE mails (
  id BIGINT PRIMARY KEY,
  recipient TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  html TEXT NOT NULL,
  headers TEXT NOT NULL,
  language TEXT NOT NULL,
  kind TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  state BIGINT NOT NULL DEFAULT 0 CHECK (state IN (0, 1, 2)),
  ended_at BIGINT,
  fault TEXT
);
CREATE INDEX mails_recipient ON mails (recipient);
CREATE INDEX mails_ended ON mails (state, ended_at);

CREATE TABLE mail_attachments (
  mail BIGINT NOT NULL REFERENCES mails (id) ON DELETE CASCADE,
  number BIGINT NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  bytes BYTEA NOT NULL,
  PRIMARY KEY (mail, number)
);
