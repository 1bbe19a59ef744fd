"""`willaq organizers`: the first administrator comes by it, and the last key is with it."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.cli import command_line
from bot.organizers_desk import NotDone, run
from bot.store.addresses import Vault
from bot.store.sqlite import MEMORY, SqliteStore
from tests.store.contract import DAY, NOW

HERE = "https://willaq.example.org"


@pytest.fixture
async def store() -> AsyncIterator[SqliteStore]:
    store = await SqliteStore.open(MEMORY, Vault.in_memory())
    yield store
    await store.close()


async def said(store: SqliteStore, *arguments: str, now: float = NOW) -> str:
    asked = command_line().parse_args(["organizers", *arguments])
    return await run(asked, store, HERE, now)


async def told(store: SqliteStore, *arguments: str) -> Any:
    return json.loads(await said(store, *arguments, "--json"))


async def elena(store: SqliteStore) -> None:
    link = (await told(store, "invite", "Elena", "--role", "administrator"))["link"]
    assert await store.join(link.split("/")[-1], "elena", "hash", b"s" * 20, now=NOW)


async def test_the_link_it_prints_is_good_for_three_days(store: SqliteStore) -> None:
    text = await said(store, "invite", " Elena  Quispe ", "--role", "administrator")
    link = text.splitlines()[0]
    assert link.startswith(f"{HERE}/console/join/")
    found = await store.invited(link.split("/")[-1], now=NOW + 3 * DAY - 1)
    assert found is not None and (found.name, found.roles) == (
        "Elena Quispe",
        frozenset({"administrator"}),
    )
    assert await store.invited(link.split("/")[-1], now=NOW + 3 * DAY) is None


async def test_it_lists_who_works_here_and_who_is_on_her_way(store: SqliteStore) -> None:
    assert "willaq organizers invite" in await said(store, "list")
    await elena(store)
    await said(store, "invite", "Nora", "--role", "approver", "--role", "organizer")
    assert await told(store, "list") == [
        {"number": 1, "name": "Elena", "roles": ["administrator"]},
        {"number": None, "name": "Nora", "roles": ["organizer", "approver"],
         "invited_until": "2027-01-18T08:00+00:00"},
    ]  # fmt: skip
    assert (await said(store, "list")).splitlines() == [
        "1  Elena  administrator",
        "-  Nora   organizer, approver  invited until 2027-01-18T08:00+00:00",
    ]


async def test_it_revokes_even_the_last_and_lets_her_in_again(store: SqliteStore) -> None:
    await elena(store)
    link = (await told(store, "reset", "1"))["link"]
    assert await store.invited(link.split("/")[-1], now=NOW)
    assert await told(store, "revoke", "1") == {"revoked": 1}
    assert await store.staff() == []
    assert [line.door for line in await store.audit()] == [
        "command",
        "command",
        "console",
        "command",
    ]


@pytest.mark.parametrize("job", ["revoke", "reset"])
async def test_a_number_nobody_has_is_told_and_changes_nothing(
    store: SqliteStore, job: str
) -> None:
    await elena(store)
    with pytest.raises(NotDone, match=r"number 7\..*willaq organizers list"):
        await said(store, job, "7")
    assert len(await store.audit()) == 2


async def test_a_name_is_needed_and_a_role_that_there_is(store: SqliteStore) -> None:
    with pytest.raises(NotDone, match="name is empty"):
        await said(store, "invite", "  ", "--role", "organizer")
    for wrong in (["invite", "Elena"], ["invite", "Elena", "--role", "boss"]):
        with pytest.raises(SystemExit):
            await said(store, *wrong)
