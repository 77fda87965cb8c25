-- Somebody asks for a role whose `how` is "application". `state`: open, accepted, declined, withdrawn.
CREATE TABLE applications (
  id BIGINT PRIMARY KEY,
  platform BIGINT NOT NULL,
  person BIGINT NOT NULL,
  role TEXT NOT NULL,
  organisation BIGINT,
  why TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  settled_at BIGINT,
  announced BOOLEAN NOT NULL,
  act BIGINT NOT NULL
);
CREATE UNIQUE INDEX applications_open ON applications (platform, person, role) WHERE state = 'open';
CREATE INDEX applications_waiting ON applications (platform, id) WHERE state = 'open';
CREATE INDEX applications_unannounced ON applications (id) WHERE NOT announced;
CREATE INDEX applications_person ON applications (person, platform);
CREATE INDEX applications_settled ON applications (platform, settled_at);
