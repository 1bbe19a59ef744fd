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
