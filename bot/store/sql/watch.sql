-- Figures for the desk.

-- name: usage
SELECT week, topic, language, sum(count)
FROM usage WHERE week >= ?1 AND week < ?2
GROUP BY week, topic, language HAVING sum(count) >= ?3
ORDER BY week, topic, language;

-- name: standings
-- What is held until she writes is due later; what is an announcement may wait for the morning.
SELECT channel, state, reason, count(*), sum(changed_at >= ?2), min(CASE
    WHEN priority > 0 OR operation <> 'message' THEN NULL
    WHEN state = 'waiting' AND due_at <= ?1 THEN due_at
    WHEN state = 'sending' THEN changed_at
END)
FROM outbox
GROUP BY channel, state, reason
ORDER BY channel, state, reason;

-- name: unknown_messages
SELECT b.id, b.title, count(*)
FROM broadcasts AS b JOIN outbox AS o INDEXED BY outbox_account ON o.broadcast_id = b.id
WHERE b.state IN ('sending', 'done') AND b.not_after > ?1
    AND o.state = 'unknown' AND o.operation = 'message'
GROUP BY b.id ORDER BY b.id DESC;
