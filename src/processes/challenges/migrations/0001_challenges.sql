-- A challenge. Its statement stands in challenge_statements, whole in every version; here is what lists and the clock
-- need. The phases are those of model.h.
CREATE TABLE challenges (
  id BIGINT PRIMARY KEY,
  platform BIGINT NOT NULL,
  slug TEXT NOT NULL,
  phase BIGINT NOT NULL,
  title TEXT NOT NULL,
  summary TEXT NOT NULL,
  language TEXT NOT NULL,
  sought_by BIGINT,
  written_by BIGINT,
  remarks TEXT NOT NULL DEFAULT '',
  version BIGINT NOT NULL DEFAULT 0,
  opens_at BIGINT NOT NULL,
  closes_at BIGINT NOT NULL,
  questions_until BIGINT,
  merge_until BIGINT,
  made_at BIGINT NOT NULL,
  published_at BIGINT,
  objections_until BIGINT,
  awarded_at BIGINT,
  -- Drawn at publication: its SHA-256 is public at once, the seed itself when the ranking is made.
  seed TEXT NOT NULL DEFAULT '',
  seed_sha256 TEXT NOT NULL DEFAULT '',
  cancelled_why TEXT NOT NULL DEFAULT '',
  -- Kept at write time, so that no page counts.
  teams BIGINT NOT NULL DEFAULT 0,
  entries BIGINT NOT NULL DEFAULT 0,
  UNIQUE (platform, slug)
);
CREATE INDEX challenges_phase ON challenges (platform, phase, closes_at);
CREATE INDEX challenges_clock ON challenges (phase, closes_at, id);

-- Version 0 is rewritten until it is published; an amendment is a row of its own, with its reason.
CREATE TABLE challenge_statements (
  challenge BIGINT NOT NULL,
  number BIGINT NOT NULL,
  statement TEXT NOT NULL,
  why TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  PRIMARY KEY (challenge, number)
);

-- ---- solvers ----

CREATE TABLE challenge_teams (
  id BIGINT PRIMARY KEY,
  challenge BIGINT NOT NULL,
  name TEXT NOT NULL,
  organisation TEXT NOT NULL,
  entrant BIGINT NOT NULL,
  country TEXT NOT NULL,
  merged_into BIGINT,
  wants_to_join BIGINT,
  members BIGINT NOT NULL,
  made_at BIGINT NOT NULL
);
CREATE INDEX challenge_teams_challenge ON challenge_teams (challenge, id);
CREATE UNIQUE INDEX challenge_teams_name ON challenge_teams (challenge, name);

-- One person is in one team of a challenge. `agreed_to` is the version of the statement whose agreement they accepted,
-- `version_seen` the amendment they acknowledged last.
CREATE TABLE challenge_members (
  challenge BIGINT NOT NULL,
  person BIGINT NOT NULL,
  team BIGINT NOT NULL,
  name TEXT NOT NULL,
  leads BOOLEAN NOT NULL,
  agreed_to BIGINT NOT NULL,
  version_seen BIGINT NOT NULL,
  joined_at BIGINT NOT NULL,
  PRIMARY KEY (challenge, person)
);
CREATE INDEX challenge_members_team ON challenge_members (team);
CREATE INDEX challenge_members_person ON challenge_members (person);

-- By confirmed address, so that somebody can be invited before they come.
CREATE TABLE challenge_invitations (
  team BIGINT NOT NULL,
  challenge BIGINT NOT NULL,
  email TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  PRIMARY KEY (team, email)
);
CREATE INDEX challenge_invitations_email ON challenge_invitations (email);

-- Everybody in the room reads question and answer; nobody reads who asked.
CREATE TABLE challenge_questions (
  id BIGINT PRIMARY KEY,
  challenge BIGINT NOT NULL,
  team BIGINT,
  words TEXT NOT NULL,
  answer TEXT NOT NULL DEFAULT '',
  asked_at BIGINT NOT NULL,
  answered_at BIGINT
);
CREATE INDEX challenge_questions_challenge ON challenge_questions (challenge, id);

-- An entry. What the team writes stands in draft_*; what was sent in last stands beside it and does not change with it.
CREATE TABLE challenge_entries (
  id BIGINT PRIMARY KEY,
  challenge BIGINT NOT NULL,
  team BIGINT NOT NULL,
  number BIGINT NOT NULL,
  state BIGINT NOT NULL,
  draft_title TEXT NOT NULL,
  draft_answers TEXT NOT NULL,
  title TEXT NOT NULL DEFAULT '',
  answers TEXT NOT NULL DEFAULT '[]',
  digest TEXT NOT NULL DEFAULT '',
  sealings BIGINT NOT NULL DEFAULT 0,
  act BIGINT,
  sealed_at BIGINT,
  reason TEXT NOT NULL DEFAULT '',
  made_at BIGINT NOT NULL
);
CREATE INDEX challenge_entries_challenge ON challenge_entries (challenge, number);
CREATE INDEX challenge_entries_team ON challenge_entries (team, state);
CREATE INDEX challenge_entries_state ON challenge_entries (challenge, state, number);

CREATE TABLE challenge_files (
  id BIGINT PRIMARY KEY,
  challenge BIGINT NOT NULL,
  entry BIGINT,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  size BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  path TEXT NOT NULL,
  draft BOOLEAN NOT NULL,
  sealed BOOLEAN NOT NULL,
  made_at BIGINT NOT NULL
);
CREATE INDEX challenge_files_entry ON challenge_files (entry);
CREATE INDEX challenge_files_challenge ON challenge_files (challenge);
CREATE INDEX challenge_files_path ON challenge_files (path);

-- What solvers say they know, on one platform: for them alone, and for the mail they asked for.
CREATE TABLE challenge_interests (
  platform BIGINT NOT NULL,
  person BIGINT NOT NULL,
  areas TEXT NOT NULL,
  matching BOOLEAN NOT NULL,
  mail BOOLEAN NOT NULL,
  PRIMARY KEY (platform, person)
);
CREATE INDEX challenge_interests_person ON challenge_interests (person);

-- The words of the statement that holds, as interests are looked for in them; from publication on.
CREATE TABLE challenge_words (
  challenge BIGINT PRIMARY KEY,
  title TEXT NOT NULL,
  summary TEXT NOT NULL,
  problem TEXT NOT NULL,
  solution TEXT NOT NULL
);

-- ---- judging ----

CREATE TABLE challenge_judges (
  challenge BIGINT NOT NULL,
  person BIGINT NOT NULL,
  name TEXT NOT NULL,
  organisation TEXT NOT NULL,
  expertise TEXT NOT NULL,
  most BIGINT NOT NULL,
  declared BOOLEAN NOT NULL,
  PRIMARY KEY (challenge, person)
);
CREATE INDEX challenge_judges_person ON challenge_judges (person);

-- A conflict lies between a judge and a team; it bars every entry of the team in the same moment, and is never deleted.
CREATE TABLE challenge_conflicts (
  challenge BIGINT NOT NULL,
  judge BIGINT NOT NULL,
  team BIGINT NOT NULL,
  known_from BIGINT NOT NULL,
  reason TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (challenge, judge, team)
);
CREATE INDEX challenge_conflicts_team ON challenge_conflicts (team);

-- What a judge said of a team before reading anything: a conflict, or none.
CREATE TABLE challenge_declarations (
  challenge BIGINT NOT NULL,
  judge BIGINT NOT NULL,
  team BIGINT NOT NULL,
  conflict BOOLEAN NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (challenge, judge, team)
);

-- Screening: hard criteria checked one by one, and words masked for the judges.
CREATE TABLE challenge_checks (
  entry BIGINT NOT NULL,
  criterion BIGINT NOT NULL,
  met BOOLEAN NOT NULL,
  evidence TEXT NOT NULL,
  PRIMARY KEY (entry, criterion)
);
CREATE TABLE challenge_masks (
  entry BIGINT NOT NULL,
  number BIGINT NOT NULL,
  words TEXT NOT NULL,
  note TEXT NOT NULL,
  PRIMARY KEY (entry, number)
);

-- Files are hidden from judges too, but those that the screener looked into and lets them have.
CREATE TABLE challenge_packet_files (
  entry BIGINT NOT NULL,
  file BIGINT NOT NULL,
  PRIMARY KEY (entry, file)
);

-- Why the assignment that was made last is as good as can be, as data (methods/assignment): greatest load, least fit, the
-- sum of the fits with its bound, and the two shortages that prove the first two.
CREATE TABLE challenge_explanations (
  challenge BIGINT PRIMARY KEY,
  explanation TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE TABLE challenge_assignments (
  challenge BIGINT NOT NULL,
  entry BIGINT NOT NULL,
  judge BIGINT NOT NULL,
  fit BIGINT NOT NULL,
  by_hand TEXT NOT NULL,
  at BIGINT NOT NULL,
  -- The sum of the rounds whose marks this judge has given, kept with them: 0, 1, 2 or 3.
  given BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (entry, judge)
);
CREATE INDEX challenge_assignments_judge ON challenge_assignments (challenge, judge, given);
CREATE INDEX challenge_assignments_given ON challenge_assignments (challenge, given);

-- Marks in tenths, by criterion as a JSON list. One row is what a judge says now; the history keeps what they said.
CREATE TABLE challenge_marks (
  challenge BIGINT NOT NULL,
  entry BIGINT NOT NULL,
  judge BIGINT NOT NULL,
  round BIGINT NOT NULL,
  state BIGINT NOT NULL,
  marks TEXT NOT NULL,
  to_solver TEXT NOT NULL,
  to_panel TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (entry, judge, round)
);
CREATE INDEX challenge_marks_challenge ON challenge_marks (challenge, round, entry);
CREATE INDEX challenge_marks_judge ON challenge_marks (challenge, judge);
-- How far an entry's mean in the last round lies below the greatest possible, in tenths of a per cent: kept with each
-- mark, so that the panel reads its entries from the best on without anybody sorting them.
CREATE TABLE challenge_means (
  entry BIGINT PRIMARY KEY,
  challenge BIGINT NOT NULL,
  number BIGINT NOT NULL,
  below BIGINT NOT NULL
);
CREATE INDEX challenge_means_challenge ON challenge_means (challenge, below, number);
CREATE TABLE challenge_mark_history (
  id BIGINT PRIMARY KEY,
  challenge BIGINT NOT NULL,
  entry BIGINT NOT NULL,
  judge BIGINT NOT NULL,
  round BIGINT NOT NULL,
  marks TEXT NOT NULL,
  reason TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX challenge_mark_history_entry ON challenge_mark_history (entry, judge);
CREATE INDEX challenge_mark_history_challenge ON challenge_mark_history (challenge, at);

-- ---- result and money ----

-- A ranking with everything it was made from: whoever has `file` can make `result` again, byte for byte.
CREATE TABLE challenge_rankings (
  challenge BIGINT NOT NULL,
  number BIGINT NOT NULL,
  file TEXT NOT NULL,
  result TEXT NOT NULL,
  why TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (challenge, number)
);
CREATE TABLE challenge_standings (
  challenge BIGINT NOT NULL,
  entry BIGINT NOT NULL,
  place BIGINT NOT NULL,
  score TEXT NOT NULL,
  amount BIGINT NOT NULL,
  decided_by TEXT NOT NULL,
  PRIMARY KEY (challenge, entry)
);
CREATE INDEX challenge_standings_place ON challenge_standings (challenge, place, entry);

-- Objections of solvers, each decided by somebody who did not judge.
CREATE TABLE challenge_objections (
  id BIGINT PRIMARY KEY,
  challenge BIGINT NOT NULL,
  entry BIGINT NOT NULL,
  words TEXT NOT NULL,
  decision TEXT NOT NULL DEFAULT '',
  upheld BOOLEAN,
  made_at BIGINT NOT NULL,
  decided_at BIGINT
);
CREATE INDEX challenge_objections_challenge ON challenge_objections (challenge, id);
CREATE INDEX challenge_objections_entry ON challenge_objections (entry);

CREATE TABLE challenge_awards (
  id BIGINT PRIMARY KEY,
  challenge BIGINT NOT NULL,
  entry BIGINT NOT NULL,
  prize TEXT NOT NULL,
  amount BIGINT NOT NULL,
  state BIGINT NOT NULL,
  reason TEXT NOT NULL,
  made_at BIGINT NOT NULL
);
CREATE INDEX challenge_awards_challenge ON challenge_awards (challenge, id);
CREATE INDEX challenge_awards_entry ON challenge_awards (entry);

-- Before an award the winner's papers are looked at; who fails makes way for the next in line.
CREATE TABLE challenge_winner_checks (
  challenge BIGINT NOT NULL,
  entry BIGINT NOT NULL,
  passed BOOLEAN NOT NULL,
  reason TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (challenge, entry)
);

-- Parts of an award, each due when somebody named accepts its milestone; together always the award.
CREATE TABLE challenge_tranches (
  id BIGINT PRIMARY KEY,
  award BIGINT NOT NULL,
  challenge BIGINT NOT NULL,
  number BIGINT NOT NULL,
  milestone TEXT NOT NULL,
  amount BIGINT NOT NULL,
  accepter BIGINT,
  accepted_words TEXT NOT NULL DEFAULT '',
  accepted_at BIGINT,
  payee TEXT NOT NULL DEFAULT '',
  account_end TEXT NOT NULL DEFAULT '',
  paid_at BIGINT
);
CREATE INDEX challenge_tranches_award ON challenge_tranches (award, number);

-- What became of the solution, asked for by the clock.
CREATE TABLE challenge_follow_ups (
  id BIGINT PRIMARY KEY,
  challenge BIGINT NOT NULL,
  asked_at BIGINT NOT NULL,
  words TEXT NOT NULL DEFAULT '',
  in_use BOOLEAN,
  reached BIGINT,
  said_at BIGINT
);
CREATE INDEX challenge_follow_ups_challenge ON challenge_follow_ups (challenge, id);
