-- What is still to be done with a translator's recording, so that a stop in between loses nothing
-- in silence. A row is there from her message on until she has been told what became of it.
CREATE TABLE voices (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL,
    channel TEXT NOT NULL,
    -- These open only with the key. The platform's id of her voice is not among the work.
    address BLOB NOT NULL,
    work BLOB NOT NULL,
    at REAL NOT NULL
) STRICT;
