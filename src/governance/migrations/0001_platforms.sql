CREATE TABLE platforms (
  id BIGINT PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  charter TEXT NOT NULL,
  made_at BIGINT NOT NULL
);

-- A role on a platform, given to an e-mail address. Whoever confirms the address holds the role.
CREATE TABLE appointments (
  platform BIGINT NOT NULL,
  email TEXT NOT NULL,
  role TEXT NOT NULL,
  given_at BIGINT NOT NULL,
  PRIMARY KEY (platform, email, role)
);
CREATE INDEX appointments_email ON appointments (email);
