-- Women an organization brings, and what is known of who agreed.

-- name: clear_arriving
DROP TABLE IF EXISTS temp.arriving;

-- name: make_arriving
-- Of this connection alone, and in memory: nothing of it is on the disk before all of it is.
CREATE TEMP TABLE arriving (
    line INTEGER PRIMARY KEY,
    channel TEXT NOT NULL,
    address_index BLOB NOT NULL,
    address BLOB NOT NULL,
    language TEXT NOT NULL,
    region TEXT NOT NULL,
    proof BLOB NOT NULL,
    agreed_on TEXT NOT NULL
) STRICT;

-- name: add_arriving
INSERT INTO temp.arriving (
    line, channel, address_index, address, language, region, proof, agreed_on
) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);

-- name: sort_arriving
-- Telegram lets a bot write only to who wrote to it.
SELECT
    CASE
        WHEN p.stopped OR s.address_index IS NOT NULL THEN 'said no'
        WHEN p.id IS NULL AND a.channel = 'telegram' THEN 'never wrote'
        WHEN p.id IS NULL THEN 'new'
        WHEN p.wanted THEN 'gets them'
        WHEN NOT p.reachable THEN 'unreachable'
        ELSE 'known'
    END,
    a.line
FROM temp.arriving AS a
LEFT JOIN people AS p ON p.address_index = a.address_index
LEFT JOIN silenced AS s ON s.address_index = a.address_index
ORDER BY a.line;

-- name: welcome_known
-- She wrote before and never decided. What she chose in the chat stays.
UPDATE people
SET wanted = 1, consent = ?1, agreed_on = a.agreed_on, proof = a.proof,
    language = iif(people.language = '', a.language, people.language),
    region = iif(people.region = '', a.region, people.region)
FROM temp.arriving AS a
WHERE a.address_index = people.address_index
    AND NOT people.stopped AND NOT people.wanted AND people.reachable
    AND NOT EXISTS (SELECT 1 FROM silenced AS s WHERE s.address_index = a.address_index);

-- name: welcome_new
-- Her window is closed until she opens it: a knock goes first. The greeting comes when she writes.
INSERT INTO people (
    channel, address_index, address, language, greeted, region, last_seen, window_until, wanted,
    consent, agreed_on, proof
)
SELECT
    a.channel, a.address_index, a.address, a.language, 0, a.region, ?2, 0, 1, ?1, a.agreed_on,
    a.proof
FROM temp.arriving AS a
WHERE a.channel <> 'telegram'
    AND NOT EXISTS (SELECT 1 FROM people AS p WHERE p.address_index = a.address_index)
    AND NOT EXISTS (SELECT 1 FROM silenced AS s WHERE s.address_index = a.address_index)
ORDER BY a.line;

-- name: consented
-- Of a slice, so that no visit waits.
SELECT id, channel, address_index, address, consent, agreed_on, proof, wanted AND NOT stopped
FROM people WHERE id > ?1 AND id <= ?1 + ?2 AND consent <> '' ORDER BY id;

-- name: join_no
UPDATE people SET stopped = 1, wanted = 0, region = '', hours_from = NULL, hours_until = NULL
WHERE id = ?1 AND NOT stopped AND EXISTS (SELECT 1 FROM people AS o WHERE o.id = ?2 AND o.stopped);

-- name: join_yes
UPDATE people
SET wanted = 1, consent = o.consent, agreed_on = o.agreed_on, proof = o.proof, region = o.region,
    hours_from = o.hours_from, hours_until = o.hours_until
FROM people AS o
WHERE people.id = ?1 AND o.id = ?2 AND o.wanted AND NOT people.stopped AND NOT people.wanted;

-- name: join_messages
-- But not what she gets under her own name as well.
UPDATE outbox SET person_id = ?1, changed_at = ?3
WHERE person_id = ?2 AND state = 'waiting' AND NOT EXISTS (
    SELECT 1 FROM recipients AS r
    WHERE r.broadcast_id = outbox.broadcast_id AND r.person_id = ?1
);

-- name: join_enrolments
UPDATE OR IGNORE enrolments SET person_id = ?1 WHERE person_id = ?2;
