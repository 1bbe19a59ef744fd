-- Announcements: who wants them, what is announced to whom, and who decided it.

-- What she agreed to. `stopped` (002) is her no: only her own new yes takes it back.
ALTER TABLE people ADD COLUMN wanted INTEGER NOT NULL DEFAULT 0;
-- Which words she agreed to and in which language ("1 quy"), or how else it is known ("import").
ALTER TABLE people ADD COLUMN consent TEXT NOT NULL DEFAULT '';
ALTER TABLE people ADD COLUMN agreed_on TEXT;
-- Hours of the day in Lima from and until which she may be written to; NULL = the house's.
ALTER TABLE people ADD COLUMN hours_from INTEGER;
ALTER TABLE people ADD COLUMN hours_until INTEGER;

-- All that an audience is counted by, so that the people themselves need not be read. Those who
-- get announcements stand together.
CREATE INDEX people_audience ON people (
    wanted, stopped, reachable, channel, language, region, window_until
);

-- Who said no, or was forgotten, and must not come back by somebody's old list. A keyed hash of
-- channel and address, and nothing else of her.
CREATE TABLE silenced (
    address_index BLOB PRIMARY KEY,
    since TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE broadcasts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    state TEXT NOT NULL CHECK (state IN (
        'draft', 'waiting for approval', 'approved', 'scheduled', 'sending', 'paused', 'done',
        'cancelled'
    )),
    -- Why it is paused or cancelled, as a word.
    reason TEXT NOT NULL DEFAULT '',
    -- Grows with every edit; an approval is of one version.
    version INTEGER NOT NULL DEFAULT 1,
    -- For organizers alone.
    title TEXT NOT NULL,
    -- As JSON: channels, languages, regions, edition.
    audience TEXT NOT NULL,
    -- As JSON: a path in the data folder, its kind, its name; NULL = none.
    attachment TEXT,
    start_at REAL,
    repeat TEXT NOT NULL DEFAULT '' CHECK (repeat IN ('', 'weekly', 'monthly')),
    expires_after_s REAL NOT NULL,
    canary INTEGER NOT NULL DEFAULT 1,
    -- NULL = the command line.
    author INTEGER,
    approver INTEGER,
    -- As JSON: her language -> the language of the text she gets. Settled when it begins.
    speaks TEXT NOT NULL DEFAULT '{}',
    -- How many it is for; NULL until it begins.
    size INTEGER,
    -- The last woman of the audience for whom a message was made; first of the canary, then of all.
    fed_canary INTEGER NOT NULL DEFAULT 0,
    fed INTEGER NOT NULL DEFAULT 0,
    -- The canary is over (or there was none): all the others may follow.
    canary_passed INTEGER NOT NULL DEFAULT 0,
    -- The first one of a repeated announcement.
    series INTEGER,
    not_after REAL,
    created_at REAL NOT NULL,
    changed_at REAL NOT NULL,
    begun_at REAL,
    ended_at REAL
) STRICT;

CREATE INDEX broadcasts_alive ON broadcasts (state)
WHERE state IN ('scheduled', 'sending', 'paused');

CREATE TABLE broadcast_texts (
    broadcast_id INTEGER NOT NULL REFERENCES broadcasts (id) ON DELETE CASCADE,
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (broadcast_id, language)
) STRICT, WITHOUT ROWID;

-- Whom an announcement is for, settled when it begins. No foreign key: a forgotten woman stays in
-- the account, as a number.
CREATE TABLE recipients (
    broadcast_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    PRIMARY KEY (broadcast_id, person_id)
) STRICT, WITHOUT ROWID;

-- A row of an announcement has an empty body until it is over: its text stands once, above. A body
-- that is NULL means of this row as of any other that nothing more of it may be said.

-- One message of an announcement to one woman, whatever dies when. A knock for it is no message.
CREATE UNIQUE INDEX outbox_of_broadcast ON outbox (broadcast_id, person_id)
WHERE broadcast_id IS NOT NULL AND operation = 'message';

-- Its account: what became of how many. Counted from the index alone, which asks for the last one.
CREATE INDEX outbox_account ON outbox (broadcast_id, state, reason, channel, language, operation)
WHERE broadcast_id IS NOT NULL AND operation = 'message';

-- However many of an announcement wait, for the morning or because it is paused, finding an answer
-- that is due takes no longer: they stand in an index of their own.
CREATE INDEX outbox_announced ON outbox (broadcast_id, channel, due_at)
WHERE state = 'waiting' AND broadcast_id IS NOT NULL;

DROP INDEX outbox_waiting;
CREATE INDEX outbox_waiting ON outbox (channel, priority, id, due_at)
WHERE state = 'waiting' AND broadcast_id IS NULL;

-- Taken by a platform that may still say that it failed: until then an announcement is not over.
CREATE INDEX outbox_unconfirmed_of ON outbox (broadcast_id)
WHERE state = 'sent' AND address IS NOT NULL AND broadcast_id IS NOT NULL;

-- Those who work with Willaq.
CREATE TABLE staff (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    -- As JSON.
    roles TEXT NOT NULL,
    language TEXT NOT NULL DEFAULT 'es',
    -- What she signs in with, in small letters.
    login TEXT UNIQUE,
    password_hash TEXT,
    -- The secret of her one-time codes; opens only with the key. And the last code taken.
    totp BLOB,
    totp_step INTEGER NOT NULL DEFAULT 0,
    -- The chat she works from: a keyed hash of channel and address.
    address_index BLOB UNIQUE,
    created_at REAL NOT NULL,
    revoked_at REAL
) STRICT;

CREATE TABLE passkeys (
    id BLOB PRIMARY KEY,
    staff_id INTEGER NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    public_key BLOB NOT NULL,
    sign_count INTEGER NOT NULL,
    -- What its owner calls it: "my phone".
    name TEXT NOT NULL,
    added_at REAL NOT NULL
) STRICT, WITHOUT ROWID;

-- One-time links and codes. Only a keyed hash is kept: who reads the database cannot use them.
CREATE TABLE invitations (
    token_index BLOB PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('join', 'reset', 'chat')),
    -- Of a new one; NULL where staff_id is set.
    name TEXT,
    roles TEXT,
    staff_id INTEGER REFERENCES staff (id) ON DELETE CASCADE,
    -- NULL = the command line.
    invited_by INTEGER,
    expires_at REAL NOT NULL,
    used_at REAL
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
    token_index BLOB PRIMARY KEY,
    staff_id INTEGER NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    -- When it ends if she does nothing, and when it ends whatever she does.
    expires_at REAL NOT NULL,
    ends_at REAL NOT NULL
) STRICT, WITHOUT ROWID;

-- Who did what. Nothing in it is changed or deleted.
CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at REAL NOT NULL,
    -- NULL = the command line, or Willaq by itself ('clock').
    staff_id INTEGER,
    door TEXT NOT NULL CHECK (door IN ('console', 'chat', 'command', 'clock')),
    did TEXT NOT NULL,
    -- What it was about: "broadcast 12", "staff 3", "services". No woman.
    about TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is never changed'); END;

CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is never shortened'); END;
