-- How a woman agreed whom an organization brought: in its words, which open only with the key.
ALTER TABLE people ADD COLUMN proof BLOB;
