-- Signing up for a school.

CREATE TABLE enrolments (
    -- Also her place in the line, and the number organizers know her by. Never given twice.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- No foreign key: a visitor of the web page is forgotten after two days, her place is not.
    person_id INTEGER NOT NULL,
    channel TEXT NOT NULL,
    edition TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('enrolled', 'waiting', 'withdrawn')),
    -- '' once she has withdrawn.
    region TEXT NOT NULL,
    -- The name she chose and her organization. Opens only with the key; NULL once withdrawn.
    answers BLOB,
    -- Which words she agreed to, in which language, and on what day.
    consent TEXT NOT NULL,
    agreed_on TEXT NOT NULL,
    -- The day her state began.
    since TEXT NOT NULL,
    -- She was on the waiting list before.
    moved_up INTEGER NOT NULL DEFAULT 0,
    -- The last day all this is kept.
    keep_until TEXT NOT NULL,
    UNIQUE (person_id, edition)
) STRICT;

CREATE INDEX enrolments_of_edition ON enrolments (edition, state, id);
CREATE INDEX enrolments_keep_until ON enrolments (keep_until);

-- What she was told because she signed up, each once.
CREATE TABLE reminders (
    enrolment_id INTEGER NOT NULL REFERENCES enrolments (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('week', 'day', 'place')),
    outbox_id INTEGER NOT NULL,
    PRIMARY KEY (enrolment_id, kind)
) STRICT, WITHOUT ROWID;
