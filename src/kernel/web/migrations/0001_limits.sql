-- How often something was tried: a token bucket by the hash of what is limited.
CREATE TABLE limits (
  subject TEXT PRIMARY KEY,
  tokens DOUBLE PRECISION NOT NULL,
  at BIGINT NOT NULL,
  full_at BIGINT NOT NULL
);
