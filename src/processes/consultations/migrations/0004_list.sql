-- The list of a platform's consultations is read from its newest, page by page.
CREATE INDEX consultations_newest ON consultations (platform, opens_at, id);
DROP INDEX consultations_phase;
