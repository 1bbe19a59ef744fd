-- Who wants announcements and who said no. See queries.sql.

-- name: subscription
-- Of a woman, or of an address of which only its no is left.
SELECT
    coalesce(p.wanted, 0),
    coalesce(p.stopped, 0) OR EXISTS (SELECT 1 FROM silenced WHERE address_index = ?2),
    coalesce(p.region, ''), p.hours_from, p.hours_until, p.agreed_on, coalesce(p.consent, '')
FROM (SELECT 1) LEFT JOIN people AS p ON p.id = ?1;

-- name: subscribe
-- The day and the words of her yes stay as they were, if she gets announcements already.
UPDATE people
SET wanted = 1, stopped = 0, region = ?2, hours_from = ?3, hours_until = ?4,
    consent = iif(wanted AND NOT stopped, consent, ?5),
    agreed_on = iif(wanted AND NOT stopped, agreed_on, ?6),
    proof = iif(wanted AND NOT stopped, proof, NULL)
WHERE id = ?1;

-- name: say_no
-- What she had chosen goes. That she once agreed, to what and when, stays: it is the proof for what
-- was sent to her.
UPDATE people
SET stopped = 1, wanted = 0, region = '', hours_from = NULL, hours_until = NULL
WHERE id = ?1;

-- name: silence
INSERT INTO silenced (address_index, since) VALUES (?1, ?2)
ON CONFLICT (address_index) DO NOTHING;

-- name: has_decided
-- Did she ever say yes or no to announcements?
SELECT EXISTS (SELECT 1 FROM people WHERE id = ?1 AND (wanted OR stopped));

-- name: unsilence
DELETE FROM silenced WHERE address_index = ?1;

-- name: count_consents
-- How many agreed to which words, where, on what day, and how many of them still do. Of a slice, so
-- that no visit waits for a long count.
SELECT channel, consent, agreed_on, count(*), sum(wanted AND NOT stopped)
FROM people WHERE id > ?1 AND id <= ?1 + ?2 AND consent <> ''
GROUP BY channel, consent, agreed_on;

-- name: last_person
SELECT coalesce(max(id), 0) FROM people;
