-- What a platform with a window needs (WhatsApp): when she may be written to, what she can see, what
-- became of a message after the platform had taken it.

-- When free messages to her end; 0 = they have; NULL = they never do. Kept to the quarter of an hour.
ALTER TABLE people ADD COLUMN window_until REAL;

-- Until then she gets numbers in place of buttons: her telephone seems not to show them.
ALTER TABLE people ADD COLUMN plain_until REAL;

-- She told the platform that she wants no announcements.
ALTER TABLE people ADD COLUMN stopped INTEGER NOT NULL DEFAULT 0;

CREATE INDEX people_window_until ON people (window_until) WHERE window_until > 0;

-- As before, with one operation more: 'knock' asks her to open the window. And with what tells the
-- news of one sending from that of another.
CREATE TABLE outbox_new (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- No foreign key: a woman can be forgotten while the goodbye is on its way.
    person_id INTEGER NOT NULL,
    channel TEXT NOT NULL,
    -- Emptied, like body, once nothing more will be sent.
    address BLOB,
    -- Only while she can still fetch the row herself (web chat).
    address_index BLOB,
    language TEXT NOT NULL,
    priority INTEGER NOT NULL,
    operation TEXT NOT NULL CHECK (operation IN ('message', 'erase', 'leave', 'knock')),
    state TEXT NOT NULL CHECK (state IN (
        'waiting', 'sending', 'sent', 'delivered', 'read', 'failed', 'skipped', 'unknown'
    )),
    reason TEXT NOT NULL DEFAULT '',
    body BLOB,
    parts INTEGER NOT NULL DEFAULT 0,
    tries INTEGER NOT NULL DEFAULT 0,
    -- How often it was taken to be sent, and how many bubbles were behind it each time: "0 0 2 ".
    attempt INTEGER NOT NULL DEFAULT 0,
    begun TEXT NOT NULL DEFAULT '',
    -- The platform took that last one, and then said that it failed.
    undone INTEGER NOT NULL DEFAULT 0,
    due_at REAL NOT NULL,
    lease_until REAL,
    -- Too late after this: skipped.
    not_after REAL,
    -- An erase row takes the messages of rows below this id.
    erase_below INTEGER,
    broadcast_id INTEGER,
    created_at REAL NOT NULL,
    changed_at REAL NOT NULL
) STRICT;

INSERT INTO outbox_new SELECT
    id, person_id, channel, address, address_index, language, priority, operation, state, reason,
    body, parts, tries, 0, '', 0, due_at, lease_until, not_after, erase_below, broadcast_id,
    created_at, changed_at
FROM outbox;

-- No id is given twice, also of rows that are gone: a platform may still speak of them.
DELETE FROM sqlite_sequence WHERE name = 'outbox_new';
INSERT INTO sqlite_sequence (name, seq)
SELECT 'outbox_new', seq FROM sqlite_sequence WHERE name = 'outbox';

DROP TABLE outbox;
ALTER TABLE outbox_new RENAME TO outbox;

-- Only what is on its way is indexed: finished rows, the many, cost nothing here.
CREATE INDEX outbox_waiting ON outbox (channel, priority, id, due_at) WHERE state = 'waiting';
CREATE INDEX outbox_waiting_hers ON outbox (person_id, priority, id) WHERE state = 'waiting';
CREATE INDEX outbox_sending_hers ON outbox (person_id, priority, id) WHERE state = 'sending';
CREATE INDEX outbox_pulled ON outbox (address_index, id) WHERE address_index IS NOT NULL;
CREATE INDEX outbox_erase ON outbox (person_id, id) WHERE operation = 'erase';
CREATE INDEX outbox_knock ON outbox (person_id, id) WHERE operation = 'knock';

-- Taken by the platform, which has not said yet that it went on its way.
CREATE INDEX outbox_unconfirmed ON outbox (person_id)
WHERE state = 'sent' AND address IS NOT NULL AND address_index IS NULL;

-- Files a platform has from us, by what is in them: uploaded once, used until it drops them.
CREATE TABLE media (
    channel TEXT NOT NULL,
    digest TEXT NOT NULL,
    ref TEXT NOT NULL,
    expires_at REAL NOT NULL,
    PRIMARY KEY (channel, digest)
) STRICT, WITHOUT ROWID;

CREATE INDEX media_expires_at ON media (expires_at);
