"""Those who work here, as the database keeps them: links, codes, sessions, passkeys, the log."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.dialogue.staff import ROLES, Role, Staff
from bot.store import staff
from bot.store.addresses import Damaged, Vault
from bot.store.base import StoreError
from bot.store.desk import Doer, Refused
from bot.store.sessions import IDLE_S
from bot.store.sqlite import MEMORY, SqliteStore
from bot.store.team import Invitation, Passkey
from tests.store.contract import DAY, HOUR, NOW

COMMAND = Doer(None, "command")
KEY = Passkey(b"key 1", b"public", 5, "my phone", NOW)


@pytest.fixture
async def store() -> AsyncIterator[SqliteStore]:
    store = await SqliteStore.open(MEMORY, Vault.in_memory())
    yield store
    await store.close()


async def invite(store: SqliteStore, name: str, *roles: Role, by: Doer = COMMAND) -> Invitation:
    return await store.invite(name, roles or ("organizer",), doer=by, now=NOW, lasts_s=DAY)


async def hire(store: SqliteStore, name: str, *roles: Role) -> Staff:
    token = (await invite(store, name, *roles)).token
    joined = await store.join(token, name.lower(), "hash", b"s" * 20, now=NOW)
    assert joined is not None
    return joined


def at_console(who: Staff) -> Doer:
    return Doer(who.id, "console")


async def test_a_link_is_taken_once_even_by_two_at_once(store: SqliteStore) -> None:
    token = (await invite(store, "Elena", "administrator")).token
    both = await asyncio.gather(
        *(store.join(token, f"elena{n}", "hash", b"s" * 20, now=NOW) for n in range(2))
    )
    assert sorted(each is None for each in both) == [False, True]
    assert len(await store.staff()) == 1


async def test_a_link_ends(store: SqliteStore) -> None:
    token = (await invite(store, "Elena")).token
    assert await store.invited(token, now=NOW + DAY - 1)
    assert await store.invited(token, now=NOW + DAY) is None
    assert await store.join(token, "elena", "hash", b"s", now=NOW + DAY) is None
    assert await store.invitations(now=NOW + DAY) == []


async def test_of_two_links_for_the_same_one_the_newest_is_good(store: SqliteStore) -> None:
    elena = await hire(store, "Elena", *ROLES)
    links = [
        await store.invite_again(elena.id, doer=COMMAND, now=NOW, lasts_s=DAY) for _ in range(2)
    ]
    assert await store.invited(links[0].token, now=NOW) is None
    again = await store.invited(links[1].token, now=NOW)
    assert again is not None and (again.name, again.login) == ("Elena", "elena")


async def test_who_was_revoked_comes_back_by_no_old_link(store: SqliteStore) -> None:
    elena = await hire(store, "Elena", *ROLES)
    again = await store.invite_again(elena.id, doer=COMMAND, now=NOW, lasts_s=DAY)
    assert await store.revoke(elena.id, doer=COMMAND, now=NOW)
    assert await store.invited(again.token, now=NOW) is None
    assert not await store.revoke(elena.id, doer=COMMAND, now=NOW), "once"
    with pytest.raises(Refused, match="revoked"):
        await store.invite_again(elena.id, doer=COMMAND, now=NOW, lasts_s=DAY)


async def test_who_was_revoked_left_herself_no_way_back(store: SqliteStore) -> None:
    elena, nora = [await hire(store, name, *ROLES) for name in ("Elena", "Nora")]
    mine = [
        await invite(store, "Somebody", by=at_console(elena)),
        await store.invite_again(nora.id, doer=at_console(elena), now=NOW, lasts_s=DAY),
    ]
    others = await invite(store, "Tania", by=at_console(nora))
    await store.revoke(elena.id, doer=at_console(nora), now=NOW)
    assert [await store.invited(each.token, now=NOW) for each in mine] == [None, None]
    assert await store.invited(others.token, now=NOW) is not None


async def test_made_new_no_code_for_a_chat_is_good_that_was_made_before(store: SqliteStore) -> None:
    elena = await hire(store, "Elena", *ROLES)
    code = (await store.chat_code(elena.id, now=NOW, lasts_s=600)).token
    await store.set_password(elena.id, "new", doer=at_console(elena), now=NOW)
    assert await bind(store, code, b"chat") is None
    code = (await store.chat_code(elena.id, now=NOW, lasts_s=600)).token
    again = await store.invite_again(elena.id, doer=COMMAND, now=NOW, lasts_s=DAY)
    assert await store.join(again.token, "elena", "hash", b"s", now=NOW) == elena
    assert await bind(store, code, b"chat") is None


@pytest.mark.parametrize("role", [role for role in ROLES if role != "administrator"])
async def test_only_an_administrator_invites_and_revokes(store: SqliteStore, role: Role) -> None:
    elena, nora = await hire(store, "Elena", *ROLES), await hire(store, "Nora", role)
    before = await store.audit()
    with pytest.raises(Refused, match="role"):
        await invite(store, "Marta", by=at_console(nora))
    with pytest.raises(Refused, match="role"):
        await store.revoke(elena.id, doer=at_console(nora), now=NOW)
    with pytest.raises(Refused, match="role"):
        await store.invite_again(elena.id, doer=at_console(nora), now=NOW, lasts_s=DAY)
    with pytest.raises(Refused, match="role"):
        await store.withdraw_invitation("00", doer=at_console(nora), now=NOW)
    assert await store.audit() == before, "nothing of it was kept"


async def test_who_was_revoked_does_nothing_more(store: SqliteStore) -> None:
    elena = await hire(store, "Elena", "administrator")
    await store.revoke(elena.id, doer=COMMAND, now=NOW)
    with pytest.raises(Refused, match="revoked"):
        await invite(store, "Marta", by=at_console(elena))
    with pytest.raises(Refused, match="revoked"):
        await store.chat_code(elena.id, now=NOW, lasts_s=HOUR)


async def test_two_administrators_may_not_revoke_each_other_at_once(store: SqliteStore) -> None:
    elena, nora = [await hire(store, name, "administrator") for name in ("Elena", "Nora")]
    done = await asyncio.gather(
        store.revoke(nora.id, doer=at_console(elena), now=NOW),
        store.revoke(elena.id, doer=at_console(nora), now=NOW),
        return_exceptions=True,
    )
    assert len(await store.staff()) == 1, done


async def test_a_session_ends_idle_and_it_ends_anyway(store: SqliteStore) -> None:
    elena = await hire(store, "Elena")
    token = await store.open_session(elena.id, now=NOW, lasts_s=2 * HOUR)
    assert token
    assert await store.session(token, now=NOW + IDLE_S - 1) == elena
    assert await store.session(token, now=NOW + 2 * IDLE_S - 2, keep=False) == elena
    assert await store.session(token, now=NOW + 2 * IDLE_S - 1) is None, "only looked at"
    token = await store.open_session(elena.id, now=NOW, lasts_s=2 * HOUR)
    assert token
    for minute in range(0, 120, 20):
        assert await store.session(token, now=NOW + 60 * minute) == elena
    assert await store.session(token, now=NOW + 2 * HOUR) is None


async def test_her_other_sessions_end_and_this_one_stays(store: SqliteStore) -> None:
    elena = await hire(store, "Elena")
    one, two = [await store.open_session(elena.id, now=NOW, lasts_s=HOUR) for _ in range(2)]
    assert one and two
    await store.close_other_sessions(elena.id, one)
    assert await store.session(one, now=NOW) and not await store.session(two, now=NOW)


async def test_a_code_of_her_app_counts_once_and_no_earlier_one_after_it(
    store: SqliteStore,
) -> None:
    elena = await hire(store, "Elena")
    taken = [await store.take_totp(elena.id, step) for step in (7, 7, 6, 8)]
    assert taken == [True, False, False, True]


async def test_the_secret_of_her_codes_opens_only_in_her_own_row(store: SqliteStore) -> None:
    await hire(store, "Elena")
    await hire(store, "Marta")
    await store._writer.between(
        lambda each: each.execute(
            "UPDATE staff SET totp = (SELECT totp FROM staff WHERE login = 'marta')"
        ).fetchall()
    )
    assert await store.credentials("marta")
    with pytest.raises(Damaged):
        await store.credentials("elena")


async def bind(store: SqliteStore, code: str, chat: bytes, now: float = NOW) -> Staff | None:
    return await store._writer.do(
        lambda ledger: staff.bind(ledger, code=code, address_index=chat, now=now)
    )


async def whose(store: SqliteStore, chat: bytes) -> Staff | None:
    return await store._writer.do(lambda ledger: staff.by_chat(ledger, chat))


async def test_a_chat_is_hers_by_a_code_good_once(store: SqliteStore) -> None:
    elena, nora = await hire(store, "Elena"), await hire(store, "Nora")
    code = (await store.chat_code(elena.id, now=NOW, lasts_s=600)).token
    assert await bind(store, code, b"chat", now=NOW + 600) is None, "too late"
    assert await bind(store, f" {code.upper()} ", b"chat") == elena
    assert await bind(store, code, b"another") is None, "once"
    assert await whose(store, b"chat") == elena
    code = (await store.chat_code(nora.id, now=NOW, lasts_s=600)).token
    assert await bind(store, code, b"chat") == nora, "her telephone now"
    assert await whose(store, b"chat") == nora
    assert not (await store.account(elena.id)).has_chat
    await store.revoke(nora.id, doer=COMMAND, now=NOW)
    assert await whose(store, b"chat") is None


async def test_a_link_is_no_code_and_a_code_no_link(store: SqliteStore) -> None:
    elena = await hire(store, "Elena")
    code = (await store.chat_code(elena.id, now=NOW, lasts_s=600)).token
    assert await store.invited(code, now=NOW) is None
    assert await bind(store, (await invite(store, "Nora")).token, b"chat") is None


async def test_a_passkey_whose_counter_stands_still_was_copied(store: SqliteStore) -> None:
    elena, nora = await hire(store, "Elena"), await hire(store, "Nora")
    assert await store.add_passkey(elena.id, KEY, doer=at_console(elena), now=NOW)
    assert not await store.add_passkey(nora.id, KEY, doer=at_console(nora), now=NOW)
    assert await store.passkey(KEY.id) == (elena, KEY)
    used = [await store.use_passkey(KEY.id, count) for count in (6, 6, 5, 0, 9)]
    assert used == [True, False, False, False, True]
    assert not await store.drop_passkey(nora.id, KEY.id, doer=at_console(nora), now=NOW)
    await store.revoke(elena.id, doer=COMMAND, now=NOW)
    assert await store.passkey(KEY.id) is None


@pytest.mark.parametrize("change", ["UPDATE audit SET did = 'x'", "DELETE FROM audit"])
async def test_the_log_is_neither_changed_nor_shortened(store: SqliteStore, change: str) -> None:
    await hire(store, "Elena")
    with pytest.raises(StoreError) as failed:
        await store._writer.between(lambda each: each.execute(change).fetchall())
    assert "the audit log is never" in str(failed.value.__cause__)
    assert [(line.did, line.name) for line in await store.audit()] == [
        ("join", "Elena"), ("invite", ""),
    ]  # fmt: skip


async def test_the_log_is_read_in_parts(store: SqliteStore) -> None:
    for number in range(5):
        await store.note_done(f"did {number}", "services", doer=COMMAND, now=NOW + number)
    first = await store.audit(limit=2)
    rest = await store.audit(limit=9, before=first[-1].number)
    assert [line.did for line in (*first, *rest)] == [f"did {n}" for n in (4, 3, 2, 1, 0)]
