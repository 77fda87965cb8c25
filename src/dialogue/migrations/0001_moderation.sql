-- A contribution that somebody reported or decided about. `reports`: those that wait for a decision.
CREATE TABLE moderation_cases (
  contribution BIGINT PRIMARY KEY,
  platform BIGINT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  author BIGINT,
  reports BIGINT NOT NULL DEFAULT 0,
  waiting_since BIGINT NOT NULL
);
CREATE INDEX moderation_cases_waiting ON moderation_cases (platform, waiting_since, contribution) WHERE reports > 0;
CREATE INDEX moderation_cases_author ON moderation_cases (author) WHERE author IS NOT NULL;

-- `person`: nobody where a visitor reported, or after erasure. `reason`: as in moderation_decisions. `settled_at`: when
-- a moderator decided; nothing while it waits.
CREATE TABLE moderation_reports (
  id BIGINT PRIMARY KEY,
  contribution BIGINT NOT NULL,
  platform BIGINT NOT NULL,
  person BIGINT,
  reason BIGINT NOT NULL,
  words TEXT NOT NULL,
  act BIGINT NOT NULL,
  made_at BIGINT NOT NULL,
  settled_at BIGINT
);
CREATE INDEX moderation_reports_waiting ON moderation_reports (contribution, id) WHERE settled_at IS NULL;
CREATE UNIQUE INDEX moderation_reports_once ON moderation_reports (contribution, person)
  WHERE settled_at IS NULL AND person IS NOT NULL;
CREATE INDEX moderation_reports_person ON moderation_reports (person) WHERE person IS NOT NULL;
CREATE INDEX moderation_reports_settled ON moderation_reports (platform, settled_at) WHERE settled_at IS NOT NULL;

-- `what`: 0 hidden, 1 shown again, 2 left as it is. `reason`, of what was hidden: 0 threat or insult, 1 personal data of
-- others, 2 advertising, 3 not about the matter, 4 other.
CREATE TABLE moderation_decisions (
  id BIGINT PRIMARY KEY,
  platform BIGINT NOT NULL,
  contribution BIGINT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  what BIGINT NOT NULL,
  reason BIGINT,
  statement TEXT NOT NULL,
  author BIGINT,
  act BIGINT NOT NULL,
  made_at BIGINT NOT NULL
);
CREATE INDEX moderation_decisions_log ON moderation_decisions (platform, id) WHERE what < 2;
CREATE INDEX moderation_decisions_contribution ON moderation_decisions (contribution, id);
CREATE INDEX moderation_decisions_author ON moderation_decisions (author) WHERE author IS NOT NULL;
