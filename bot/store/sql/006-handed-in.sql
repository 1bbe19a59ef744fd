-- An announcement as it was each time it was handed in, as JSON: whoever reads a later version is
-- shown what changed since.
CREATE TABLE handed_in (
    broadcast_id INTEGER NOT NULL REFERENCES broadcasts (id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    what TEXT NOT NULL,
    PRIMARY KEY (broadcast_id, version)
) STRICT, WITHOUT ROWID;
