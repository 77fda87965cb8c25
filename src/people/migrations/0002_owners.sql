-- An organisation may be part of another, its owner: declared by its own administrators, confirmed by the owner's.
ALTER TABLE organisations ADD COLUMN country TEXT NOT NULL DEFAULT '';
ALTER TABLE organisations ADD COLUMN part_of BIGINT REFERENCES organisations (id);
ALTER TABLE organisations ADD COLUMN part_of_confirmed BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX organisations_part_of ON organisations (part_of);
