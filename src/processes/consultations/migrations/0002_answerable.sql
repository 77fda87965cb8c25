-- The responses that an answer is owed to: neither taken back by their author, nor hidden, nor erased. `answered` counts
-- those among them that have one. The number of all that came in (`responses`) never falls.
ALTER TABLE consultations ADD COLUMN answerable BIGINT NOT NULL DEFAULT 0;
UPDATE consultations SET
  answerable = (SELECT count(*) FROM responses r WHERE r.consultation = consultations.id AND r.state = 0),
  answered = (SELECT count(*) FROM responses r WHERE r.consultation = consultations.id AND r.state = 0 AND r.answers > 0);

DROP INDEX responses_unanswered;
CREATE INDEX responses_unanswered ON responses (consultation, id) WHERE answers = 0 AND state = 0;
