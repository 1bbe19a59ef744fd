-- Every query of the SQLite store, by name. `?1` is the first value given, and so on.

-- name: arrive
-- Was this message answered before, and who is she? One row, always.
SELECT
    h.tries,
    p.id, p.language, p.greeted, p.state, p.state_until, p.plain_until,
    EXISTS (
        SELECT 1 FROM outbox
        WHERE state = 'sending' AND person_id = p.id AND priority = 0
    ) OR EXISTS (
        SELECT 1 FROM outbox
        WHERE state = 'waiting' AND person_id = p.id AND priority = 0
    )
FROM (SELECT 1)
LEFT JOIN heard AS h ON h.message_index = ?1
LEFT JOIN people AS p ON p.address_index = ?2;

-- name: hear
INSERT INTO heard (message_index, heard_at, tries) VALUES (?1, ?2, 0)
ON CONFLICT (message_index) DO UPDATE SET heard_at = ?2, tries = 0;

-- name: count_try
INSERT INTO heard (message_index, heard_at, tries) VALUES (?1, ?2, 1)
ON CONFLICT (message_index) DO UPDATE SET heard_at = ?2, tries = tries + 1
RETURNING tries;

-- name: meet
INSERT INTO people (
    channel, address_index, address, language, greeted, state, state_until, last_seen, window_until
) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9);

-- name: remember
-- A window never gets shorter: an old message of hers may come in late.
UPDATE people
SET language = ?2, greeted = ?3, state = ?4, state_until = ?5, last_seen = ?6,
    window_until = CASE WHEN ?7 IS NULL THEN window_until ELSE max(coalesce(window_until, 0), ?7) END,
    reachable = ?8
WHERE id = ?1;

-- name: rename
-- The platform knows her by another id from now on.
UPDATE people SET address_index = ?2, address = ?3 WHERE id = ?1;

-- name: want_announcements
-- What her platform tells. Of who gets none, her no stays: she may have said it to us.
UPDATE people SET stopped = iif(wanted, NOT ?2, stopped OR NOT ?2) WHERE id = ?1;

-- name: is_anything_held
-- Does something wait for her to write again, or will, once who is sending it lets go of it? And
-- is it something that may go: no announcement that is paused?
SELECT count(*) > 0, coalesce(max(may_go), 0) FROM (
    SELECT
        held.broadcast_id IS NULL OR (
            b.state = 'sending'
            AND NOT EXISTS (SELECT 1 FROM meta WHERE name = 'house_paused' AND value <> '')
        ) AS may_go
    FROM (
        SELECT broadcast_id FROM outbox
        WHERE state = 'waiting' AND person_id = ?1 AND reason = 'window'
            AND (not_after IS NULL OR not_after >= ?2)
        UNION ALL
        SELECT broadcast_id FROM outbox
        WHERE state = 'sending' AND person_id = ?1 AND undone AND reason = 'window'
            AND (not_after IS NULL OR not_after >= ?2)
    ) AS held
    LEFT JOIN broadcasts AS b ON b.id = held.broadcast_id
);

-- name: release
-- An announcement then comes at any hour: she opened the door for it this minute. One that is
-- paused comes when that is over, which may be at night: by day then, like any other.
UPDATE outbox
SET due_at = ?2, changed_at = ?2, reason = iif(
    (SELECT state FROM broadcasts WHERE id = outbox.broadcast_id) = 'sending'
        AND NOT EXISTS (SELECT 1 FROM meta WHERE name = 'house_paused' AND value <> ''),
    'opened', ''
)
WHERE id IN (
    SELECT id FROM outbox WHERE state = 'waiting' AND person_id = ?1 AND reason = 'window'
    UNION ALL
    SELECT id FROM outbox
    WHERE state = 'sending' AND person_id = ?1 AND undone AND reason = 'window'
);

-- name: skip_knocks
UPDATE outbox
SET state = 'skipped', reason = ?2, address = NULL, lease_until = NULL, changed_at = ?3
WHERE state = 'waiting' AND person_id = ?1 AND operation = 'knock';

-- name: find_person
SELECT id FROM people WHERE address_index = ?1;

-- name: forget_person
DELETE FROM people WHERE id = ?1;

-- name: answer
INSERT INTO outbox (
    person_id, channel, address, address_index, language, priority, operation,
    state, attempt, begun, body, due_at, lease_until, erase_below, created_at, changed_at
) VALUES (
    ?1, ?2, ?3, ?4, ?5, 0, ?6, ?7, ?7 = 'sending', iif(?7 = 'sending', '0 ', ''), ?8, ?9, ?10, ?11,
    ?9, ?9
);

-- name: is_anything_ahead
-- Is an answer to her still on its way?
SELECT EXISTS (
    SELECT 1 FROM outbox WHERE state = 'sending' AND person_id = ?1 AND priority = 0
) OR EXISTS (
    SELECT 1 FROM outbox WHERE state = 'waiting' AND person_id = ?1 AND priority = 0
);

-- name: count_topic
INSERT INTO usage (week, topic, language, region, count) VALUES (?1, ?2, ?3, '', 1)
ON CONFLICT (week, topic, language, region) DO UPDATE SET count = count + 1;

-- name: skip_messages
-- Her waiting messages up to priority ?4. What is to be erased or left stays so.
UPDATE outbox
SET state = 'skipped', reason = ?2, body = NULL, address = NULL, address_index = NULL,
    lease_until = NULL, changed_at = ?3
WHERE person_id = ?1 AND state = 'waiting' AND operation = 'message' AND priority <= ?4;

-- name: skip_everything
UPDATE outbox
SET state = 'skipped', reason = ?2, body = NULL, address = NULL, address_index = NULL,
    lease_until = NULL, changed_at = ?3
WHERE person_id = ?1 AND state = 'waiting';

-- name: empty_sending
-- What a process holds just now it may finish; what it gives back has nothing to say any more.
UPDATE outbox SET body = NULL
WHERE person_id = ?1 AND state = 'sending' AND operation = 'message';

-- name: empty_unconfirmed
-- What the platform has taken must not be said again if it then does not arrive.
UPDATE outbox SET body = NULL, address = NULL, changed_at = ?2
WHERE state = 'sent' AND address IS NOT NULL AND address_index IS NULL AND person_id = ?1;

-- name: empty_pulled
-- She could still fetch these.
UPDATE outbox SET body = NULL, address = NULL, address_index = NULL, changed_at = ?2
WHERE address_index = ?1 AND state = 'sent';

-- name: due
-- Of one channel, in order; nothing of a woman who has something earlier that cannot go now. What
-- she is not waiting for and was due before ?4 stays.
SELECT
    o.id, o.person_id, o.channel, o.address, o.language, o.priority, o.operation, o.body,
    o.parts, o.tries, o.attempt + 1, p.window_until, coalesce(p.plain_until, 0) > ?2,
    o.not_after, coalesce(p.reachable, 1), coalesce(p.stopped, 0)
FROM outbox AS o LEFT JOIN people AS p ON p.id = o.person_id
WHERE o.state = 'waiting' AND o.broadcast_id IS NULL AND o.channel = ?1 AND o.due_at <= ?2
    AND (o.priority <= 0 OR o.due_at >= ?4)
    AND NOT EXISTS (
        SELECT 1 FROM outbox AS e
        WHERE e.state = 'sending' AND e.person_id = o.person_id
            AND (e.priority, e.id) < (o.priority, o.id)
    )
    AND NOT EXISTS (
        SELECT 1 FROM outbox AS e
        WHERE e.state = 'waiting' AND e.person_id = o.person_id AND e.due_at > ?2
            AND (e.priority, e.id) < (o.priority, o.id)
    )
ORDER BY o.priority, o.id
LIMIT ?3;

-- name: take
UPDATE outbox
SET state = 'sending', attempt = attempt + 1, begun = begun || parts || ' ', undone = 0,
    lease_until = ?2, changed_at = ?3
WHERE id = ?1;

-- name: renew
UPDATE outbox SET lease_until = ?2 WHERE id = ?1 AND state = 'sending';

-- name: find_row
SELECT state, channel, operation, priority, body IS NULL, undone, parts FROM outbox WHERE id = ?1;

-- name: find_told
-- The same of a row the platform tells of.
SELECT
    state, channel, operation, priority, address IS NULL OR operation = 'message' AND body IS NULL,
    person_id, tries, attempt, begun, parts, undone
FROM outbox WHERE id = ?1;

-- name: begin_at
-- So many of its bubbles she has: the next attempt begins behind them.
UPDATE outbox SET parts = ?2 WHERE id = ?1;

-- name: undo
-- What the platform took and then refused. Who is sending it has it until he settles it.
UPDATE outbox
SET undone = 1, reason = ?2, due_at = ?3, parts = ?4, tries = ?5,
    not_after = coalesce(min(coalesce(not_after, ?6), ?6), not_after), changed_at = ?7,
    state = iif(state = 'sending', state, 'waiting'),
    lease_until = iif(state = 'sending', lease_until, NULL)
WHERE id = ?1;

-- name: go_back
-- What was undone while it was being sent waits as it was told to.
UPDATE outbox SET state = 'waiting', lease_until = NULL, changed_at = ?2 WHERE id = ?1;

-- name: finish
UPDATE outbox
SET state = ?2, reason = ?3, body = NULL, address = NULL, address_index = NULL,
    lease_until = NULL, changed_at = ?4
WHERE id = ?1;

-- name: postpone
UPDATE outbox
SET state = 'waiting', reason = ?2, due_at = ?3, parts = ?4, tries = ?5,
    lease_until = NULL, changed_at = ?6
WHERE id = ?1;

-- name: leave_unconfirmed
-- Taken by the platform; its words stay until that says that it went on its way.
UPDATE outbox SET state = 'sent', reason = '', lease_until = NULL, changed_at = ?2 WHERE id = ?1;

-- name: hold
-- Until she writes again, and no longer than until ?2.
UPDATE outbox
SET state = 'waiting', reason = 'window', due_at = ?2,
    not_after = min(coalesce(not_after, ?2), ?2), parts = ?3, tries = ?4,
    lease_until = NULL, changed_at = ?5
WHERE id = ?1;

-- name: hold_rest
-- What waits behind a held message waits with it, and no longer.
UPDATE outbox
SET reason = 'window', due_at = ?2, not_after = min(coalesce(not_after, ?2), ?2), changed_at = ?3
WHERE state = 'waiting' AND person_id = ?1 AND operation = 'message';

-- name: knock
-- Each cause puts one down, since any other may be paused before it goes; which of them she hears
-- is decided when it goes ("knocked_lately").
INSERT INTO outbox (
    person_id, channel, address, language, priority, operation, state, due_at, not_after,
    broadcast_id, created_at, changed_at
)
SELECT
    o.person_id, o.channel, o.address, o.language, -1, 'knock', 'waiting', ?2,
    min(?3, coalesce(o.not_after, ?3)), o.broadcast_id, ?4, ?4
FROM outbox AS o
WHERE o.id = ?1 AND o.address IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM outbox AS k
    WHERE k.operation = 'knock' AND k.person_id = o.person_id AND CASE k.state
        WHEN 'waiting' THEN k.broadcast_id IS NULL OR k.broadcast_id = o.broadcast_id
        WHEN 'skipped' THEN false
        ELSE k.state = 'sending' OR k.changed_at > ?4 - 86400
    END
);

-- name: knocked_lately
-- Once a day at most, however much waits for her, and whatever it is.
SELECT EXISTS (
    SELECT 1 FROM outbox AS k
    WHERE k.operation = 'knock' AND k.person_id = ?1 AND k.id <> ?2
        AND k.state NOT IN ('waiting', 'skipped')
        AND (k.state = 'sending' OR k.changed_at > ?3 - 86400)
);

-- name: give_back_later
-- Her rows behind one that did not go: they wait again, in their order. Those she left stay unsaid.
UPDATE outbox
SET state = iif(operation = 'message' AND body IS NULL, 'skipped', 'waiting'),
    reason = iif(operation = 'message' AND body IS NULL, 'forgotten', reason),
    address = iif(operation = 'message' AND body IS NULL, NULL, address),
    lease_until = NULL, changed_at = ?4
WHERE state = 'sending' AND person_id = ?1 AND (priority, id) > (?2, ?3);

-- name: lose_contact
-- Whatever was tried to reach her, her telephone was not what it failed by.
UPDATE people SET reachable = 0, plain_until = NULL WHERE id = ?1;

-- name: close_window
UPDATE people SET window_until = 0 WHERE id = ?1;

-- name: write_plainly
UPDATE people SET plain_until = ?2 WHERE id = ?1;

-- name: keep_trace_of_hers
INSERT INTO traces (person_id, ref, at) VALUES (?1, ?2, ?3);

-- name: keep_trace
-- Of a forgotten woman nothing is kept, unless she asked to erase it and that is still to be done.
INSERT INTO traces (person_id, row_id, ref, at)
SELECT ?1, ?2, ?3, ?4
WHERE EXISTS (SELECT 1 FROM people WHERE id = ?1) OR EXISTS (
    SELECT 1 FROM outbox
    WHERE operation = 'erase' AND person_id = ?1 AND state IN ('waiting', 'sending')
);

-- name: is_erase_pending
SELECT EXISTS (
    SELECT 1 FROM outbox
    WHERE operation = 'erase' AND person_id = ?1 AND state IN ('waiting', 'sending')
);

-- name: erase_reaches
SELECT coalesce(erase_below, id), created_at FROM outbox WHERE id = ?1;

-- name: last_erase
SELECT coalesce(erase_below, id), created_at FROM outbox
WHERE operation = 'erase' AND person_id = ?1 AND state <> 'waiting'
ORDER BY id DESC LIMIT 1;

-- name: traces_before
-- Her messages up to the moment she asked, ours up to the answer she then got.
SELECT ref FROM traces
WHERE person_id = ?1 AND at >= ?4 AND (row_id < ?2 OR (row_id IS NULL AND at <= ?3))
ORDER BY id;

-- name: drop_traces_before
DELETE FROM traces
WHERE person_id = ?1 AND (row_id < ?2 OR (row_id IS NULL AND at <= ?3));

-- name: drop_traces
DELETE FROM traces WHERE person_id = ?1;

-- name: drop_traces_of_stranger
DELETE FROM traces
WHERE person_id = ?1 AND NOT EXISTS (SELECT 1 FROM people WHERE id = ?1);

-- name: acknowledge
UPDATE outbox
SET state = 'delivered', body = NULL, address = NULL, address_index = NULL, changed_at = ?3
WHERE address_index = ?1 AND id <= ?2;

-- name: fetch
SELECT
    id, person_id, channel, address, language, priority, operation, body, parts, tries, attempt,
    NULL, 0
FROM outbox
WHERE address_index = ?1 AND id > ?2 AND created_at > ?3
ORDER BY id;

-- name: hand_over
UPDATE outbox SET state = 'sent', changed_at = ?2 WHERE id = ?1 AND state = 'waiting';

-- name: left_behind
-- Rows whose process died.
SELECT id, priority, operation = 'message' AND body IS NULL, undone FROM outbox
WHERE state = 'sending' AND (?1 OR lease_until <= ?2);

-- name: wait_again
UPDATE outbox
SET state = 'waiting', due_at = iif(undone, due_at, ?2), tries = tries + NOT undone,
    lease_until = NULL, changed_at = ?2
WHERE id = ?1;

-- name: count_states
SELECT state, count(*) FROM outbox WHERE id > ?1 AND id <= ?1 + ?2 GROUP BY state;

-- name: last_row
SELECT coalesce(max(id), 0) FROM outbox;

-- name: expire_states
UPDATE people SET state = NULL, state_until = NULL
WHERE id IN (SELECT id FROM people WHERE state IS NOT NULL AND state_until <= ?1 LIMIT ?2);

-- name: close_windows
-- When she last wrote is nobody's business once it changes nothing.
UPDATE people SET window_until = 0
WHERE id IN (SELECT id FROM people WHERE window_until > 0 AND window_until <= ?1 LIMIT ?2);

-- name: expire_unconfirmed
UPDATE outbox SET body = NULL, address = NULL
WHERE id IN (
    SELECT id FROM outbox
    WHERE state = 'sent' AND address IS NOT NULL AND address_index IS NULL AND changed_at <= ?1
    LIMIT ?2
);

-- name: expire_media
DELETE FROM media WHERE (channel, digest) IN (
    SELECT channel, digest FROM media INDEXED BY media_expires_at WHERE expires_at <= ?1 LIMIT ?2
);

-- name: expire_visitors
DELETE FROM people WHERE id IN (
    SELECT id FROM people WHERE channel = 'webchat' AND last_seen < ?1 LIMIT ?2
);

-- name: expire_heard
DELETE FROM heard WHERE message_index IN (
    SELECT message_index FROM heard WHERE heard_at < ?1 LIMIT ?2
);

-- name: expire_traces
-- Oldest first, which is the order of their ids: no index needed.
DELETE FROM traces WHERE at < ?1 AND id IN (SELECT id FROM traces ORDER BY id LIMIT ?2);

-- name: expire_pulled
DELETE FROM outbox WHERE id IN (
    SELECT id FROM outbox WHERE address_index IS NOT NULL AND created_at <= ?1 LIMIT ?2
);

-- name: next_slice
SELECT max(id), max(created_at) FROM (
    SELECT id, created_at FROM outbox WHERE id > ?1 ORDER BY id LIMIT ?2
);

-- name: expire_finished
-- Announcements stay: their report is counted from these rows.
DELETE FROM outbox
WHERE id > ?1 AND id <= ?2 AND changed_at < ?3 AND broadcast_id IS NULL
    AND state NOT IN ('waiting', 'sending');

-- name: note
INSERT INTO meta (name, value) VALUES (?1, ?2)
ON CONFLICT (name) DO UPDATE SET value = excluded.value;

-- name: read_note
SELECT value FROM meta WHERE name = ?1;

-- name: find_media
SELECT ref FROM media WHERE channel = ?1 AND digest = ?2 AND expires_at > ?3;

-- name: keep_media
INSERT INTO media (channel, digest, ref, expires_at) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (channel, digest) DO UPDATE SET ref = excluded.ref, expires_at = excluded.expires_at;

-- name: drop_media
DELETE FROM media WHERE channel = ?1 AND digest = ?2;

-- name: enrolments_of_person
SELECT
    id, channel, edition, state, region, answers, consent, agreed_on,
    (
        SELECT count(*) FROM enrolments AS a
        WHERE a.edition = e.edition AND a.state = 'waiting' AND a.id < e.id
    )
FROM enrolments AS e WHERE person_id = ?1 ORDER BY id;

-- name: count_enrolments
SELECT edition, state, count(*) FROM enrolments GROUP BY edition, state;

-- name: drop_withdrawn
-- She comes back: at the end of the line, and with everything told anew.
DELETE FROM enrolments WHERE person_id = ?1 AND edition = ?2 AND state = 'withdrawn';

-- name: enrol
INSERT INTO enrolments (
    person_id, channel, edition, state, region, answers, consent, agreed_on, since, keep_until
) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8, ?9)
ON CONFLICT (person_id, edition) DO UPDATE
SET region = excluded.region, answers = excluded.answers;

-- name: find_enrolment
SELECT id FROM enrolments WHERE person_id = ?1 AND edition = ?2 AND state <> 'withdrawn';

-- name: find_number
SELECT id FROM enrolments WHERE id = ?1 AND edition = ?2 AND state <> 'withdrawn';

-- name: withdraw
UPDATE enrolments SET state = 'withdrawn', region = '', answers = NULL, since = ?2 WHERE id = ?1;

-- name: skip_reminders
UPDATE outbox
SET state = 'skipped', reason = 'withdrawn', body = NULL, address = NULL, changed_at = ?2
WHERE state = 'waiting'
    AND id IN (SELECT outbox_id FROM reminders WHERE enrolment_id = ?1);

-- name: forget_enrolments
DELETE FROM enrolments WHERE person_id = ?1;

-- name: expire_enrolments
DELETE FROM enrolments WHERE id IN (
    SELECT id FROM enrolments WHERE keep_until < ?1 LIMIT ?2
);

-- name: keep_enrolments_until
UPDATE enrolments SET keep_until = ?2 WHERE edition = ?1 AND keep_until <> ?2;

-- name: move_up
-- Who waits longest goes first. Whom we cannot tell keeps her place in the line.
UPDATE enrolments SET state = 'enrolled', since = ?3, moved_up = 1
WHERE id IN (
    SELECT e.id FROM enrolments AS e JOIN people AS p ON p.id = e.person_id
    WHERE e.edition = ?1 AND e.state = 'waiting' AND p.reachable
    ORDER BY e.id
    LIMIT max(0, ?2 - (
        SELECT count(*) FROM enrolments WHERE edition = ?1 AND state = 'enrolled'
    ))
);

-- name: to_remind
-- Nobody comes back to a page of the web chat to read it there.
SELECT e.id, p.id, p.channel, p.address, coalesce(nullif(p.language, ''), 'es')
FROM enrolments AS e JOIN people AS p ON p.id = e.person_id
WHERE e.edition = ?1 AND e.state = 'enrolled' AND e.since < ?3 AND (?2 <> 'place' OR e.moved_up)
    AND p.reachable AND p.channel <> 'webchat'
    AND NOT EXISTS (SELECT 1 FROM reminders WHERE enrolment_id = e.id AND kind = ?2)
ORDER BY e.id
LIMIT ?4;

-- name: remind
INSERT INTO outbox (
    person_id, channel, address, language, priority, operation, state, body, due_at, not_after,
    created_at, changed_at
) VALUES (?1, ?2, ?3, ?4, ?5, 'message', 'waiting', ?6, ?7, ?8, ?9, ?9);

-- name: keep_reminder
INSERT INTO reminders (enrolment_id, kind, outbox_id) VALUES (?1, ?2, ?3);

-- name: enrolments_of_edition
SELECT id, channel, state, region, answers, consent, agreed_on
FROM enrolments WHERE edition = ?1 ORDER BY id;
