-- What the clock looks at every second: those that may be due, and nothing of their words.
CREATE INDEX consultations_due ON consultations (id, phase, opens_at, closes_at, platform) WHERE phase IN (1, 2);
