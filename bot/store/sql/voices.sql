-- Recordings of translators, on their way.

-- name: begin_voice
INSERT INTO voices (person_id, channel, address, work, at) VALUES (?1, ?2, ?3, ?4, ?5);

-- name: voices
SELECT id, channel, address, work FROM voices ORDER BY id;

-- name: end_voice
DELETE FROM voices WHERE id = ?1;

-- name: forget_voices
DELETE FROM voices WHERE person_id = ?1;
