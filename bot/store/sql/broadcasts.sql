-- Announcements: their life, whom they are for, what became of each message.

-- name: draft
INSERT INTO broadcasts (
    state, title, audience, attachment, start_at, repeat, expires_after_s, canary, author,
    created_at, changed_at
) VALUES ('draft', ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9);

-- name: edit
UPDATE broadcasts
SET state = 'draft', reason = '', version = version + 1, approver = NULL, title = ?2, audience = ?3,
    attachment = ?4, start_at = ?5, repeat = ?6, expires_after_s = ?7, canary = ?8, author = ?9,
    changed_at = ?10
WHERE id = ?1;

-- name: keep_text
INSERT INTO broadcast_texts (broadcast_id, language, text) VALUES (?1, ?2, ?3);

-- name: drop_texts
DELETE FROM broadcast_texts WHERE broadcast_id = ?1;

-- name: texts
SELECT language, text FROM broadcast_texts WHERE broadcast_id = ?1 ORDER BY language;

-- name: hand_in
-- Sent back and handed in again unchanged, it is still the same.
INSERT INTO handed_in (broadcast_id, version, what) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING;

-- name: handed_in
-- The last one that is older than version ?2.
SELECT what FROM handed_in
WHERE broadcast_id = ?1 AND version < ?2 ORDER BY version DESC LIMIT 1;

-- name: broadcast
SELECT
    id, state, version, title, audience, attachment, start_at, repeat, expires_after_s, canary,
    author, created_at, changed_at, approver, reason, speaks, size, series, begun_at, ended_at,
    not_after, canary AND NOT canary_passed AND state IN ('sending', 'paused')
FROM broadcasts WHERE id = ?1;

-- name: newest_broadcasts
SELECT id FROM broadcasts ORDER BY id DESC LIMIT ?1;

-- name: alive_broadcasts
SELECT id FROM broadcasts WHERE state IN ('scheduled', 'sending', 'paused') ORDER BY id;

-- name: move
UPDATE broadcasts
SET state = ?2, reason = ?3, approver = coalesce(?4, approver), changed_at = ?5,
    ended_at = iif(?2 IN ('done', 'cancelled'), ?5, NULL)
WHERE id = ?1;

-- name: begin
UPDATE broadcasts
SET speaks = ?2, size = ?3, canary_passed = ?4, begun_at = ?5, not_after = ?6
WHERE id = ?1;

-- name: repeat
-- The next one, approved like the one that begins now.
INSERT INTO broadcasts (
    state, title, audience, attachment, start_at, repeat, expires_after_s, canary, author, approver,
    series, created_at, changed_at
)
SELECT
    'scheduled', title, audience, attachment, ?2, repeat, expires_after_s, canary, author, approver,
    coalesce(series, id), ?3, ?3
FROM broadcasts WHERE id = ?1;

-- name: repeat_texts
INSERT INTO broadcast_texts (broadcast_id, language, text)
SELECT ?2, language, text FROM broadcast_texts WHERE broadcast_id = ?1;

-- name: first_start
-- When the first one of a series was to begin, or did.
SELECT coalesce(f.start_at, f.begun_at)
FROM broadcasts AS b JOIN broadcasts AS f ON f.id = coalesce(b.series, b.id)
WHERE b.id = ?1;

-- name: count_audience
-- All whom it means, also those who get nothing, and why. ?1 channels, ?2 languages, ?3 regions (as
-- JSON, [] = all), ?4 the edition. Nobody comes back to a page of the web chat to read it there.
-- Those who are alike stand together in the index: what is asked of them is asked once for all.
WITH alike AS MATERIALIZED (
    SELECT wanted, stopped, reachable, channel, language, region, window_until, count(*) AS many
    FROM people AS p INDEXED BY people_audience
    WHERE ?4 = '' OR p.id IN (
        SELECT person_id FROM enrolments WHERE edition = ?4 AND state = 'enrolled'
    )
    GROUP BY wanted, stopped, reachable, channel, language, region, window_until
)
SELECT
    channel,
    coalesce(nullif(language, ''), 'es'),
    CASE
        WHEN stopped THEN 'opted out'
        WHEN NOT wanted THEN 'not opted in'
        WHEN NOT reachable THEN 'unreachable'
        ELSE ''
    END,
    window_until > ?5,
    sum(many)
FROM alike
WHERE channel <> 'webchat'
    AND (?1 = '[]' OR channel IN (SELECT value FROM json_each(?1)))
    AND (
        ?2 = '[]' OR coalesce(nullif(language, ''), 'es') IN (SELECT value FROM json_each(?2))
    )
    AND (
        ?3 = '[]'
        OR substr(region, 1, 2) IN (SELECT value FROM json_each(?3))
        OR substr(region, 1, 4) IN (SELECT value FROM json_each(?3))
    )
GROUP BY 1, 2, 3, 4;

-- name: settle_audience
-- The same of those who do get it, which are from now on its recipients; ?6 are their languages.
-- In the order of the table: sorting a million of them costs as long, and fifty megabytes.
INSERT INTO recipients (broadcast_id, person_id)
SELECT ?5, p.id
FROM people AS p NOT INDEXED
WHERE p.wanted = 1 AND p.stopped = 0 AND p.reachable = 1 AND p.channel <> 'webchat'
    AND coalesce(nullif(p.language, ''), 'es') IN (SELECT value FROM json_each(?6))
    AND (?1 = '[]' OR p.channel IN (SELECT value FROM json_each(?1)))
    AND (
        ?2 = '[]' OR coalesce(nullif(p.language, ''), 'es') IN (SELECT value FROM json_each(?2))
    )
    AND (
        ?3 = '[]'
        OR substr(p.region, 1, 2) IN (SELECT value FROM json_each(?3))
        OR substr(p.region, 1, 4) IN (SELECT value FROM json_each(?3))
    )
    AND (
        ?4 = ''
        OR p.id IN (SELECT person_id FROM enrolments WHERE edition = ?4 AND state = 'enrolled')
    )
ORDER BY p.id;

-- name: to_feed
SELECT fed_canary, fed, canary_passed, not_after FROM broadcasts WHERE id = ?1 AND state = 'sending';

-- name: next_canary
-- Up to where the next ?3 women of the canary reach, about one in a hundred, and each time others.
SELECT max(person_id), count(*) FROM (
    SELECT person_id FROM recipients
    WHERE broadcast_id = ?1 AND person_id > ?2
        AND ((person_id * 2654435761 + broadcast_id * 40503) >> 16) % 100 = 0
    ORDER BY person_id LIMIT ?3
);

-- name: next_portion
SELECT max(person_id), count(*) FROM (
    SELECT person_id FROM recipients WHERE broadcast_id = ?1 AND person_id > ?2
    ORDER BY person_id LIMIT ?3
);

-- name: feed
-- The messages of the recipients above ?2 and up to ?3, of the canary only if ?4. Who must not get
-- hers has one too, which says why.
INSERT INTO outbox (
    person_id, channel, address, language, priority, operation, state, reason, body, due_at,
    not_after, broadcast_id, created_at, changed_at
)
SELECT
    person_id, channel, iif(why = '', address, NULL), language, 9, 'message',
    iif(why = '', 'waiting', 'skipped'), why, iif(why = '', x'', NULL), 0, not_after, ?1, ?5, ?5
FROM (
    SELECT
        r.person_id, coalesce(p.channel, '') AS channel, p.address,
        coalesce(s.value, '') AS language, b.not_after,
        CASE
            WHEN p.id IS NULL THEN 'forgotten'
            WHEN p.stopped OR NOT p.wanted THEN 'opted out'
            WHEN NOT p.reachable THEN 'unreachable'
            WHEN s.value IS NULL THEN 'no text in her language'
            ELSE ''
        END AS why
    FROM recipients AS r
    JOIN broadcasts AS b ON b.id = r.broadcast_id
    LEFT JOIN people AS p ON p.id = r.person_id
    LEFT JOIN json_each(b.speaks) AS s ON s.key = coalesce(nullif(p.language, ''), 'es')
    WHERE r.broadcast_id = ?1 AND r.person_id > ?2 AND r.person_id <= ?3
        AND (
            NOT ?4
            OR ((r.person_id * 2654435761 + r.broadcast_id * 40503) >> 16) % 100 = 0
        )
    ORDER BY r.person_id
)
WHERE true
ON CONFLICT DO NOTHING;

-- name: fed_canary
UPDATE broadcasts SET fed_canary = ?2 WHERE id = ?1;

-- name: fed
UPDATE broadcasts SET fed = ?2 WHERE id = ?1;

-- name: pass_canary
UPDATE broadcasts SET canary_passed = 1 WHERE id = ?1;

-- name: sending_broadcasts
SELECT id FROM broadcasts
WHERE state IN ('scheduled', 'sending', 'paused') AND state = 'sending' ORDER BY id;

-- name: due_announced
-- Of one announcement on one channel, with all that decides whether she may get it this instant.
-- It does not wait behind what is held for her, or knocks: that may be of another one, which is
-- paused.
SELECT
    o.id, o.person_id, o.channel, o.address, o.language, o.priority, o.operation, o.body,
    o.parts, o.tries, o.attempt + 1, p.window_until, coalesce(p.plain_until, 0) > ?3,
    o.broadcast_id,
    o.not_after, o.reason, p.id IS NOT NULL, p.reachable, p.wanted AND NOT p.stopped,
    p.hours_from, p.hours_until, s.value
FROM outbox AS o INDEXED BY outbox_announced
JOIN broadcasts AS b ON b.id = o.broadcast_id
LEFT JOIN people AS p ON p.id = o.person_id
LEFT JOIN json_each(b.speaks) AS s ON s.key = coalesce(nullif(p.language, ''), 'es')
WHERE o.state = 'waiting' AND o.broadcast_id = ?1 AND o.channel = ?2 AND o.due_at <= ?3
    AND NOT EXISTS (
        SELECT 1 FROM outbox AS e
        WHERE e.state = 'sending' AND e.person_id = o.person_id
            AND (e.priority, e.id) < (o.priority, o.id)
    )
    AND NOT EXISTS (
        SELECT 1 FROM outbox AS e
        WHERE e.state = 'waiting' AND e.person_id = o.person_id AND e.due_at > ?3
            AND e.reason <> 'window' AND e.operation <> 'knock'
            AND (e.priority, e.id) < (o.priority, o.id)
    )
ORDER BY o.due_at, o.id
LIMIT ?4;

-- name: say_in
UPDATE outbox SET language = ?2 WHERE id = ?1;

-- name: come_back
-- Not now: at her hours.
UPDATE outbox SET due_at = ?2, changed_at = ?3 WHERE id = ?1;

-- name: letter
-- What an announcement says in a language.
SELECT t.text, b.attachment FROM broadcast_texts AS t JOIN broadcasts AS b ON b.id = t.broadcast_id
WHERE t.broadcast_id = ?1 AND t.language = ?2;

-- name: tally
SELECT state, reason, channel, language, count(*)
FROM outbox INDEXED BY outbox_account
WHERE broadcast_id = ?1 AND operation = 'message'
GROUP BY state, reason, channel, language;

-- name: count_waiting
SELECT count(*) FROM (
    SELECT 1 FROM outbox INDEXED BY outbox_announced
    WHERE state = 'waiting' AND broadcast_id = ?1 AND channel = ?2 AND due_at <= ?3
    LIMIT ?4
);

-- name: is_open
SELECT
    EXISTS (SELECT 1 FROM outbox WHERE broadcast_id = ?1 AND state = 'waiting')
    OR EXISTS (
        SELECT 1 FROM outbox INDEXED BY outbox_account
        WHERE broadcast_id = ?1 AND state = 'sending' AND operation = 'message'
    ),
    EXISTS (
        SELECT 1 FROM outbox WHERE broadcast_id = ?1 AND state = 'sent' AND address IS NOT NULL
    );

-- name: resend_unknown
-- As if it were made now: what was kept to send it is gone, and is hers to give.
UPDATE outbox
SET state = 'waiting', reason = '', body = x'', due_at = 0, changed_at = ?2,
    address = (SELECT p.address FROM people AS p WHERE p.id = outbox.person_id)
WHERE broadcast_id = ?1 AND operation = 'message' AND state = 'unknown'
    AND EXISTS (SELECT 1 FROM people AS p WHERE p.id = outbox.person_id);

-- name: in_vain
-- An announcement of which messages wait that will never go, and why.
SELECT b.id, iif(b.state = 'cancelled' AND b.reason <> 'expired', 'cancelled', 'expired')
FROM broadcasts AS b
WHERE (b.state IN ('done', 'cancelled') OR b.not_after < ?1)
    AND EXISTS (SELECT 1 FROM outbox AS o WHERE o.broadcast_id = b.id AND o.state = 'waiting')
LIMIT 1;

-- name: skip_in_vain
UPDATE outbox
SET state = 'skipped', reason = ?2, body = NULL, address = NULL, lease_until = NULL, changed_at = ?3
WHERE id IN (SELECT id FROM outbox WHERE broadcast_id = ?1 AND state = 'waiting' LIMIT ?4);

-- name: chat_of_staff
SELECT p.id, p.channel, p.address
FROM staff AS s JOIN people AS p ON p.address_index = s.address_index
WHERE s.id = ?1 AND s.revoked_at IS NULL;

-- name: try_out
INSERT INTO outbox (
    person_id, channel, address, language, priority, operation, state, body, due_at, created_at,
    changed_at
) VALUES (?1, ?2, ?3, ?4, 0, 'message', 'waiting', ?5, ?6, ?6, ?6);
