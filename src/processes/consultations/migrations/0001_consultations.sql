CREATE TABLE consultations (
  id BIGINT PRIMARY KEY,
  platform BIGINT NOT NULL,
  slug TEXT NOT NULL,
  phase BIGINT NOT NULL,
  language TEXT NOT NULL,
  title TEXT NOT NULL,
  summary TEXT NOT NULL,
  can_change TEXT NOT NULL,
  cannot_change TEXT NOT NULL,
  note TEXT NOT NULL,
  opens_at BIGINT NOT NULL,
  closes_at BIGINT NOT NULL,
  made_at BIGINT NOT NULL,
  published_at BIGINT,
  answer_by BIGINT NOT NULL,
  report TEXT,
  reported_at BIGINT,
  -- Kept at write time, so that no page counts: every response; those to show; those answered; remarks on articles.
  responses BIGINT NOT NULL DEFAULT 0,
  shown BIGINT NOT NULL DEFAULT 0,
  answered BIGINT NOT NULL DEFAULT 0,
  remarks BIGINT NOT NULL DEFAULT 0,
  UNIQUE (platform, slug)
);
CREATE INDEX consultations_phase ON consultations (platform, phase, closes_at);

CREATE TABLE consultation_questions (
  consultation BIGINT NOT NULL,
  number BIGINT NOT NULL,
  words TEXT NOT NULL,
  responses BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (consultation, number)
);

-- The draft law: the file as it came, and the document as it was read.
CREATE TABLE consultation_drafts (
  consultation BIGINT PRIMARY KEY,
  file_name TEXT NOT NULL,
  file BYTEA NOT NULL,
  sha256 TEXT NOT NULL,
  format TEXT NOT NULL,
  title TEXT NOT NULL,
  language TEXT NOT NULL,
  document TEXT NOT NULL
);

CREATE TABLE consultation_articles (
  consultation BIGINT NOT NULL,
  position BIGINT NOT NULL,
  eid TEXT NOT NULL,
  label TEXT NOT NULL,
  remarks BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (consultation, position)
);
CREATE UNIQUE INDEX consultation_articles_eid ON consultation_articles (consultation, eid);

-- One response. `visibility`: 0 with the name, 1 without it, 2 for the officials only. `state`: 0 there, 1 hidden by a
-- moderator, 2 withdrawn by its author.
CREATE TABLE responses (
  id BIGINT PRIMARY KEY,
  consultation BIGINT NOT NULL,
  number BIGINT NOT NULL,
  person BIGINT,
  name TEXT NOT NULL,
  on_behalf TEXT NOT NULL,
  language TEXT NOT NULL,
  visibility BIGINT NOT NULL,
  state BIGINT NOT NULL,
  answers BIGINT NOT NULL DEFAULT 0,
  act BIGINT NOT NULL,
  made_at BIGINT NOT NULL
);
CREATE INDEX responses_consultation ON responses (consultation, id);
CREATE INDEX responses_shown ON responses (consultation, id) WHERE visibility < 2 AND state = 0;
CREATE INDEX responses_unanswered ON responses (consultation, id) WHERE answers = 0 AND state < 2;
CREATE INDEX responses_person ON responses (person) WHERE person IS NOT NULL;

-- What a response says: to a question (`question` > 0) or about an article (`article` an eid).
CREATE TABLE response_parts (
  response BIGINT NOT NULL,
  part BIGINT NOT NULL,
  consultation BIGINT NOT NULL,
  question BIGINT NOT NULL,
  article TEXT NOT NULL,
  quote TEXT NOT NULL,
  words TEXT NOT NULL,
  PRIMARY KEY (response, part)
);
CREATE INDEX response_parts_question ON response_parts (consultation, question, response) WHERE question > 0;
CREATE INDEX response_parts_article ON response_parts (consultation, article, response) WHERE article <> '';

CREATE TABLE response_days (
  consultation BIGINT NOT NULL,
  day TEXT NOT NULL,
  responses BIGINT NOT NULL,
  PRIMARY KEY (consultation, day)
);

-- The operator's reasoned reply to one or several responses. `outcome`: 0 changed, 1 kept as it is, 2 taken along elsewhere.
CREATE TABLE answers (
  id BIGINT PRIMARY KEY,
  consultation BIGINT NOT NULL,
  article TEXT NOT NULL,
  outcome BIGINT NOT NULL,
  words TEXT NOT NULL,
  responses BIGINT NOT NULL,
  made_at BIGINT NOT NULL
);
CREATE INDEX answers_consultation ON answers (consultation, article, id);

CREATE TABLE answer_links (
  response BIGINT NOT NULL,
  answer BIGINT NOT NULL,
  PRIMARY KEY (response, answer)
);
CREATE INDEX answer_links_answer ON answer_links (answer, response);
