-- Those who work with Willaq: invited, signed in, revoked; and what they did.

-- name: note_done
INSERT INTO audit (at, staff_id, door, did, about) VALUES (?1, ?2, ?3, ?4, ?5);

-- name: audit
SELECT a.id, a.at, coalesce(s.name, ''), a.door, a.did, a.about
FROM audit AS a LEFT JOIN staff AS s ON s.id = a.staff_id
WHERE ?2 IS NULL OR a.id < ?2
ORDER BY a.id DESC LIMIT ?1;

-- name: all_staff
SELECT id, name, roles, language FROM staff WHERE revoked_at IS NULL ORDER BY id;

-- name: staff_by_id
SELECT id, name, roles, language FROM staff WHERE id = ?1 AND revoked_at IS NULL;

-- name: staff_by_chat
SELECT id, name, roles, language FROM staff WHERE address_index = ?1 AND revoked_at IS NULL;

-- name: staff_by_login
SELECT id, name, roles, language, login, password_hash, totp, totp_step
FROM staff WHERE login = ?1 AND revoked_at IS NULL;

-- name: credentials_by_id
SELECT id, name, roles, language, login, password_hash, totp, totp_step
FROM staff WHERE id = ?1 AND revoked_at IS NULL;

-- name: is_login_taken
-- A name once used stays its owner's, or the audit log would mean somebody else by it.
SELECT EXISTS (SELECT 1 FROM staff WHERE login = ?1);

-- name: add_staff
INSERT INTO staff (name, roles, login, password_hash, totp, totp_step, created_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);

-- name: renew_staff
UPDATE staff SET password_hash = ?2, totp = ?3, totp_step = ?4, address_index = NULL WHERE id = ?1;

-- name: revoke_staff
UPDATE staff SET revoked_at = ?2, address_index = NULL, password_hash = NULL, totp = NULL
WHERE id = ?1 AND revoked_at IS NULL;

-- name: set_language
UPDATE staff SET language = ?2 WHERE id = ?1;

-- name: set_password
UPDATE staff SET password_hash = ?2 WHERE id = ?1;

-- name: set_totp
UPDATE staff SET totp = ?2, totp_step = ?3 WHERE id = ?1;

-- name: take_totp
UPDATE staff SET totp_step = ?2 WHERE id = ?1 AND totp_step < ?2 AND revoked_at IS NULL;

-- name: bind_chat
UPDATE staff SET address_index = ?2 WHERE id = ?1;

-- name: unbind_chat
UPDATE staff SET address_index = NULL WHERE address_index = ?1;

-- name: account
SELECT coalesce(login, ''), address_index IS NOT NULL FROM staff WHERE id = ?1;

-- name: add_invitation
INSERT INTO invitations (token_index, kind, name, roles, staff_id, invited_by, expires_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);

-- name: invitation
SELECT i.kind, coalesce(s.name, i.name), coalesce(s.roles, i.roles), i.expires_at,
    coalesce(s.login, ''), i.staff_id
FROM invitations AS i LEFT JOIN staff AS s ON s.id = i.staff_id
WHERE i.token_index = ?1 AND i.used_at IS NULL AND i.expires_at > ?2 AND s.revoked_at IS NULL;

-- name: invitations
SELECT coalesce(s.name, i.name), coalesce(s.roles, i.roles), i.expires_at,
    coalesce(s.login, ''), hex(i.token_index)
FROM invitations AS i LEFT JOIN staff AS s ON s.id = i.staff_id
WHERE i.kind != 'chat' AND i.used_at IS NULL AND i.expires_at > ?1 AND s.revoked_at IS NULL
ORDER BY i.expires_at DESC;

-- name: use_invitation
UPDATE invitations SET used_at = ?2 WHERE token_index = ?1 AND used_at IS NULL;

-- name: withdraw_invitation
DELETE FROM invitations WHERE hex(token_index) = ?1 AND kind != 'chat' AND used_at IS NULL;

-- name: drop_invitations_of
-- Of two links for the same person, only the newest is good.
DELETE FROM invitations WHERE staff_id = ?1 AND kind = ?2;

-- name: drop_invitations_by
DELETE FROM invitations WHERE invited_by = ?1 AND used_at IS NULL;

-- name: drop_old_invitations
DELETE FROM invitations WHERE expires_at <= ?1;

-- name: add_session
INSERT INTO sessions (token_index, staff_id, expires_at, ends_at) VALUES (?1, ?2, ?3, ?4);

-- name: session
SELECT s.id, s.name, s.roles, s.language, e.expires_at, e.ends_at
FROM sessions AS e JOIN staff AS s ON s.id = e.staff_id
WHERE e.token_index = ?1 AND e.expires_at > ?2 AND e.ends_at > ?2 AND s.revoked_at IS NULL;

-- name: keep_session
UPDATE sessions SET expires_at = ?2 WHERE token_index = ?1;

-- name: close_session
DELETE FROM sessions WHERE token_index = ?1;

-- name: close_sessions_of
DELETE FROM sessions WHERE staff_id = ?1 AND token_index IS NOT ?2;

-- name: drop_old_sessions
DELETE FROM sessions WHERE expires_at <= ?1 OR ends_at <= ?1;

-- name: add_passkey
INSERT OR IGNORE INTO passkeys (id, staff_id, public_key, sign_count, name, added_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6);

-- name: passkeys_of
SELECT id, public_key, sign_count, name, added_at FROM passkeys WHERE staff_id = ?1
ORDER BY added_at;

-- name: passkey
SELECT s.id, s.name, s.roles, s.language, k.id, k.public_key, k.sign_count, k.name, k.added_at
FROM passkeys AS k JOIN staff AS s ON s.id = k.staff_id
WHERE k.id = ?1 AND s.revoked_at IS NULL;

-- name: use_passkey
-- Some never count: theirs stays 0.
UPDATE passkeys SET sign_count = ?2
WHERE id = ?1 AND (sign_count < ?2 OR (sign_count = 0 AND ?2 = 0));

-- name: drop_passkey
DELETE FROM passkeys WHERE staff_id = ?1 AND id = ?2;

-- name: drop_passkeys_of
DELETE FROM passkeys WHERE staff_id = ?1;
