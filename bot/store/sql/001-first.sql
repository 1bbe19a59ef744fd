-- BLOBs called address, state, body or ref open only with the key. Times are seconds since 1970 (UTC).

CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE people (
    -- Never given twice: what is still on its way to a forgotten woman must not become another's.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    channel TEXT NOT NULL,
    -- A keyed hash of channel and address.
    address_index BLOB NOT NULL UNIQUE,
    address BLOB NOT NULL,
    language TEXT NOT NULL,
    greeted INTEGER NOT NULL,
    region TEXT NOT NULL DEFAULT '',
    -- Where she is in the conversation, until she was silent for 30 minutes.
    state BLOB,
    state_until REAL,
    -- The day in Lima, and nothing finer.
    last_seen TEXT NOT NULL,
    reachable INTEGER NOT NULL DEFAULT 1
) STRICT;

-- In the web chat nobody comes back with an old token: who wrote there is forgotten after two days.
CREATE INDEX people_visitors ON people (last_seen) WHERE channel = 'webchat';

CREATE INDEX people_state_until ON people (state_until) WHERE state IS NOT NULL;

-- The messages already answered, without whose they were.
CREATE TABLE heard (
    -- A keyed hash of channel and message id.
    message_index BLOB PRIMARY KEY,
    heard_at REAL NOT NULL,
    -- How often answering it failed; 0 once it is answered.
    tries INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX heard_at ON heard (heard_at);

-- The platform's ids of her messages and ours, to delete them if she asks. Gone after 48 hours,
-- when the platform would no longer delete them.
CREATE TABLE traces (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL,
    -- The outbox row that was sent; NULL = she wrote it.
    row_id INTEGER,
    ref BLOB NOT NULL,
    at REAL NOT NULL
) STRICT;

CREATE INDEX traces_of_person ON traces (person_id);

CREATE TABLE outbox (
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
    operation TEXT NOT NULL CHECK (operation IN ('message', 'erase', 'leave')),
    state TEXT NOT NULL CHECK (state IN (
        'waiting', 'sending', 'sent', 'delivered', 'read', 'failed', 'skipped', 'unknown'
    )),
    reason TEXT NOT NULL DEFAULT '',
    body BLOB,
    parts INTEGER NOT NULL DEFAULT 0,
    tries INTEGER NOT NULL DEFAULT 0,
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

-- Only what is on its way is indexed: finished rows, the many, cost nothing here.
CREATE INDEX outbox_waiting ON outbox (channel, priority, id, due_at) WHERE state = 'waiting';
CREATE INDEX outbox_waiting_hers ON outbox (person_id, priority, id) WHERE state = 'waiting';
CREATE INDEX outbox_sending_hers ON outbox (person_id, priority, id) WHERE state = 'sending';
CREATE INDEX outbox_pulled ON outbox (address_index, id) WHERE address_index IS NOT NULL;
CREATE INDEX outbox_erase ON outbox (person_id, id) WHERE operation = 'erase';

-- How often a topic was opened. Holds no person.
CREATE TABLE usage (
    week TEXT NOT NULL,
    topic TEXT NOT NULL,
    language TEXT NOT NULL,
    region TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (week, topic, language, region)
) STRICT, WITHOUT ROWID;
