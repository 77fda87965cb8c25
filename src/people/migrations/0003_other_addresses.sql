-- The addresses that a person had before, and those they only asked for: erasure looks for mail to these, and for acts
-- that named the former. `ends` is when no mail to an address only asked for is kept any more; it is null for one that
-- was theirs.
CREATE TABLE other_addresses (
  person BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  email TEXT NOT NULL,
  ends BIGINT,
  PRIMARY KEY (person, email)
);
CREATE INDEX other_addresses_ends ON other_addresses (ends);
