-- Those who work with Willaq from their own chats. See staff.sql.

-- name: chats_of_staff
-- Of one of them (?2), or of all who approve; never of who does it (?1). Nothing reaches a web page.
SELECT p.id, p.channel, p.address, coalesce(nullif(p.language, ''), 'es')
FROM staff AS s JOIN people AS p ON p.address_index = s.address_index
WHERE s.revoked_at IS NULL AND s.id <> ?1 AND p.reachable AND p.channel <> 'webchat'
    AND (
        s.id = ?2
        OR (
            ?2 IS NULL
            AND EXISTS (SELECT 1 FROM json_each(s.roles) WHERE json_each.value = 'approver')
        )
    );

-- name: open_broadcasts
SELECT id FROM broadcasts
WHERE state NOT IN ('done', 'cancelled') ORDER BY id DESC LIMIT ?1;

-- name: rename_chat
-- The platform knows her by another id from now on.
UPDATE staff SET address_index = ?2 WHERE address_index = ?1;
