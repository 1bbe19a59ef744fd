-- A copy takes the place of the database. `present` is the one that was there until now; the other
-- tables are the copy's. ?1 is now, where a query takes anything.

-- name: is_its_future
-- Does the present one go back to the moment of this copy? Then it has the mark of its making.
SELECT EXISTS (SELECT 1 FROM present.meta WHERE name = ?1);

-- name: restore_silenced
INSERT INTO silenced (address_index, since)
SELECT address_index, since FROM present.silenced WHERE true
ON CONFLICT DO NOTHING;

-- name: restore_silence_new
-- Who came after the copy and said no. She herself is not in it; her no is.
INSERT INTO silenced (address_index, since)
SELECT p.address_index, ?1 FROM present.people AS p
WHERE p.stopped AND NOT EXISTS (SELECT 1 FROM people AS c WHERE c.address_index = p.address_index)
ON CONFLICT DO NOTHING;

-- name: restore_stop
UPDATE people SET stopped = 1, wanted = 0, region = '', hours_from = NULL, hours_until = NULL
WHERE NOT stopped AND (
    address_index IN (SELECT address_index FROM present.people WHERE stopped)
    OR address_index IN (SELECT address_index FROM present.silenced)
);

-- name: restore_heard
INSERT INTO heard (message_index, heard_at, tries)
SELECT message_index, heard_at, tries FROM present.heard WHERE true
ON CONFLICT DO NOTHING;

-- name: restore_sequences
UPDATE sqlite_sequence
SET seq = max(seq, coalesce((
    SELECT p.seq FROM present.sqlite_sequence AS p WHERE p.name = sqlite_sequence.name
), 0));

-- From here to the next such line: only where the present one is the copy's own future.

-- name: restore_forgotten
-- She went since, or her time was over.
DELETE FROM people WHERE id NOT IN (SELECT id FROM present.people);

-- name: restore_names_aside
-- Two may have exchanged theirs.
UPDATE people SET address_index = randomblob(16)
WHERE address_index IS NOT (SELECT p.address_index FROM present.people AS p WHERE p.id = people.id);

-- name: restore_people
-- What she told since, but no yes: of two answers the one that sends her less.
UPDATE people
SET address_index = p.address_index, address = p.address, language = p.language,
    greeted = p.greeted, last_seen = p.last_seen, window_until = p.window_until,
    plain_until = p.plain_until, reachable = people.reachable AND p.reachable,
    stopped = people.stopped OR p.stopped, wanted = people.wanted AND p.wanted AND NOT p.stopped,
    region = iif(people.wanted AND p.wanted, p.region, ''),
    hours_from = iif(people.wanted AND p.wanted, p.hours_from, NULL),
    hours_until = iif(people.wanted AND p.wanted, p.hours_until, NULL)
FROM present.people AS p WHERE p.id = people.id;

-- name: restore_enrolments_gone
DELETE FROM enrolments WHERE id NOT IN (SELECT id FROM present.enrolments);

-- name: restore_enrolments_withdrawn
UPDATE enrolments SET state = 'withdrawn', region = '', answers = NULL, since = p.since
FROM present.enrolments AS p WHERE p.id = enrolments.id AND p.state = 'withdrawn';

-- name: restore_reminders
INSERT INTO reminders (enrolment_id, kind, outbox_id)
SELECT enrolment_id, kind, outbox_id FROM present.reminders
WHERE enrolment_id IN (SELECT id FROM enrolments)
ON CONFLICT DO NOTHING;

-- name: restore_traces_gone
DELETE FROM traces;

-- name: restore_traces
-- Of what was sent since, so that it can still be deleted.
INSERT INTO traces (person_id, row_id, ref, at)
SELECT person_id, row_id, ref, at FROM present.traces
WHERE person_id IN (SELECT id FROM people) ORDER BY id;

-- name: restore_chats_aside
UPDATE staff SET address_index = NULL;

-- name: restore_staff
-- What she signs in with is what it was last; who was revoked stays so.
UPDATE staff
SET password_hash = p.password_hash, totp = p.totp, totp_step = p.totp_step,
    address_index = p.address_index, roles = p.roles, revoked_at = p.revoked_at
FROM present.staff AS p WHERE p.id = staff.id;

-- name: restore_passkeys_gone
DELETE FROM passkeys;

-- name: restore_passkeys
INSERT INTO passkeys SELECT * FROM present.passkeys
WHERE staff_id IN (SELECT id FROM staff WHERE revoked_at IS NULL);

-- name: restore_begun
-- It went out since, or was called off: it must not begin once more.
UPDATE broadcasts SET state = 'cancelled', reason = 'restored', ended_at = ?1, changed_at = ?1
WHERE state IN ('draft', 'waiting for approval', 'approved', 'scheduled') AND id IN (
    SELECT id FROM present.broadcasts WHERE state IN ('sending', 'paused', 'done', 'cancelled')
);

-- name: restore_edited
-- Somebody has changed her mind about it since: that approval counts no more.
UPDATE broadcasts SET state = 'draft', reason = 'restored', approver = NULL, changed_at = ?1
FROM present.broadcasts AS p
WHERE p.id = broadcasts.id AND (p.version, p.state) IS NOT (broadcasts.version, broadcasts.state)
    AND broadcasts.state IN ('waiting for approval', 'approved', 'scheduled');

-- name: restore_audit
INSERT INTO audit SELECT * FROM present.audit
WHERE id > (SELECT coalesce(max(id), 0) FROM audit) ORDER BY id;

-- From here: in any case, last.

-- name: restore_counters
SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%';

-- name: restore_ahead
-- How far the lost one had come nobody knows, and platforms may still speak of its rows.
UPDATE sqlite_sequence SET seq = seq + ?2 WHERE name = ?1;

-- name: restore_counter
INSERT INTO sqlite_sequence (name, seq)
SELECT ?1, 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = ?1);

-- name: restore_states
UPDATE people SET state = NULL, state_until = NULL WHERE state IS NOT NULL;

-- name: restore_skip
UPDATE outbox
SET state = 'skipped', reason = 'restored', body = NULL, address = NULL, address_index = NULL,
    lease_until = NULL, changed_at = ?1
WHERE state IN ('waiting', 'sending') AND (broadcast_id IS NULL OR operation <> 'message');

-- name: restore_doubt
-- Whether these went out since the copy, nobody can say.
UPDATE outbox
SET state = 'unknown', reason = 'restored', body = NULL, address = NULL, lease_until = NULL,
    changed_at = ?1
WHERE state IN ('waiting', 'sending');

-- name: restore_empty
-- Nothing of these will be sent again, nor fetched.
UPDATE outbox SET body = NULL, address = NULL, address_index = NULL WHERE address IS NOT NULL;

-- name: restore_doubt_unmade
-- The same of those for whom no message was made yet.
INSERT INTO outbox (
    person_id, channel, language, priority, operation, state, reason, due_at, not_after,
    broadcast_id, created_at, changed_at
)
SELECT
    r.person_id, coalesce(p.channel, ''), coalesce(s.value, ''), 9, 'message',
    iif(p.id IS NULL, 'skipped', 'unknown'), iif(p.id IS NULL, 'forgotten', 'restored'), 0,
    b.not_after, b.id, ?1, ?1
FROM broadcasts AS b
JOIN recipients AS r ON r.broadcast_id = b.id
LEFT JOIN people AS p ON p.id = r.person_id
LEFT JOIN json_each(b.speaks) AS s ON s.key = coalesce(nullif(p.language, ''), 'es')
WHERE b.state IN ('sending', 'paused')
ON CONFLICT DO NOTHING;

-- name: restore_pause
UPDATE broadcasts
SET state = 'paused', reason = 'restored', changed_at = ?1, canary_passed = 1,
    fed = coalesce((SELECT max(r.person_id) FROM recipients AS r WHERE r.broadcast_id = id), 0)
WHERE state IN ('sending', 'paused');

-- name: restore_late
-- Its hour was after the copy: it may have gone out. Somebody decides anew.
UPDATE broadcasts SET state = 'draft', reason = 'restored', approver = NULL, changed_at = ?1
WHERE state = 'scheduled' AND start_at <= ?1;

-- name: restore_sessions
DELETE FROM sessions;

-- name: restore_invitations
-- One that was taken since would be good again.
DELETE FROM invitations;

-- name: restore_voices
DELETE FROM voices;

-- name: drop_note
DELETE FROM meta WHERE name = ?1;

-- name: count_subscribed
SELECT count(*) FROM people WHERE wanted AND NOT stopped AND reachable AND channel <> 'webchat';

-- name: count_people
SELECT count(*) FROM people;
