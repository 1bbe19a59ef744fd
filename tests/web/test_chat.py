"""The page's own door: who she is, what she says, what comes back, and what a flood does."""

import asyncio
import io
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.base import Bubble, SendError
from bot.channels.webchat import TOKEN_S, WebChat
from bot.store.addresses import Vault
from bot.web import chat
from bot.web.chat import Gates
from bot.web.flood import Gate
from tests.web.house import House, Json, Woman, until


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with House() as house:
        yield house


async def test_what_she_says_is_answered_in_the_same_answer(house: House) -> None:
    rosa = await house.woman()
    (welcome,) = await rosa.says("hola")
    assert "Willaq" in welcome
    (about_100,) = await rosa.says("línea 100")
    assert "<b>" in about_100 and "100" in about_100


async def test_two_women_are_two(house: House) -> None:
    rosa, killa = await house.woman(), await house.woman()
    assert rosa.token != killa.token and rosa.address != killa.address
    await rosa.says("hola")
    assert await killa.fetches() == []
    assert await house.rows("SELECT count(*) FROM people") == [(1,)]


async def test_opening_the_page_and_a_session_keep_nothing(house: House) -> None:
    await house.woman()
    async with house.web.get("/") as page:
        assert page.status == 200
    assert await house.rows("SELECT count(*) FROM people") == [(0,)]


async def test_the_same_message_twice_is_answered_once(house: House) -> None:
    rosa = await house.woman()
    status, first = await rosa.sends(id="a", text="hola")
    again, second = await rosa.sends(id="a", text="hola")
    assert (status, again) == (200, 200)
    assert first["messages"] and first == second, "until she has it, it is there to be fetched"
    last = first["messages"][-1]["id"]
    assert await rosa.sends(id="a", text="hola", after=last) == (
        200,
        {"erase": False, "messages": []},
    )
    assert await house.rows("SELECT count(*) FROM heard") == [(1,)]


async def test_nobody_can_use_up_anothers_message_id(house: House) -> None:
    marta, rosa = await house.woman(), await house.woman()
    await marta.sends(id="a", text="hola")
    _, answer = await rosa.sends(id="a", text="hola")
    assert answer["messages"]


async def test_what_has_reached_her_is_gone_from_the_database(house: House) -> None:
    rosa = await house.woman()
    await rosa.says("hola")
    unread = await house.rows("SELECT count(*) FROM outbox WHERE body IS NOT NULL")
    assert unread == [(1,)]
    await rosa.fetches()
    unread = await house.rows("SELECT count(*) FROM outbox WHERE body IS NOT NULL")
    assert unread == [(0,)]


@pytest.mark.parametrize(
    ("accepts", "chosen", "expected"),
    [
        ("qu-PE,qu;q=0.9,es;q=0.8", None, "quy"),
        ("quy", None, "quy"),
        ("es-PE", None, "es"),
        ("", None, "es"),
        ("es-PE", "quy", "quy"),
        ("*;q=0.1,<script>", None, "es"),
    ],
)
async def test_her_browser_preselects_the_language(
    house: House, accepts: str, chosen: str | None, expected: str
) -> None:
    rosa = await house.woman()
    rosa.headers["Accept-Language"] = accepts
    _, batch = await rosa.sends(id="a", text="xyz", **({"language": chosen} if chosen else {}))
    assert {bubble["language"] for row in batch["messages"] for bubble in row["bubbles"]} == {
        expected
    }


def changed(token: str, at: int) -> str:
    raw = bytearray(urlsafe_b64decode(token))
    raw[at] ^= 1
    return urlsafe_b64encode(raw).decode()


async def test_only_tokens_we_gave_are_taken(house: House) -> None:
    token = (await house.woman()).token
    raw = urlsafe_b64decode(token)
    stranger = WebChat(sign=Vault.in_memory().sign).issue()
    forged = [changed(token, at) for at in range(len(raw))]
    made_up = ["", "x", token[:-4], f"{token}AAAA", token[:-1] + "ñ", "A" * 48, "=" * 48, token * 9]
    for each in [*forged, *made_up, stranger]:
        assert house.webchat.address(each) is None, each
    for each in (forged[0], forged[-1], "", stranger):
        assert (await Woman(house, each).sends(id="a", text="hola"))[0] == 401
    assert len(raw) >= 16 + 15, "128 random bits and the seal"
    assert await house.rows("SELECT count(*) FROM people") == [(0,)]


@given(st.text(max_size=80))
def test_whatever_is_given_for_a_token_does_no_harm(token: str) -> None:
    assert WebChat(sign=Vault.in_memory().sign).address(token) is None


async def test_a_token_is_good_for_a_day(house: House) -> None:
    rosa = await house.woman()
    house.ahead_s = TOKEN_S - 5
    assert (await rosa.sends(id="a", text="hola"))[0] == 200
    house.ahead_s = TOKEN_S + 1
    assert await rosa.sends(id="b", text="hola") == (401, {"error": "session"})
    house.ahead_s = -3600
    assert (await rosa.sends(id="c", text="hola"))[0] == 401, "from the future"


async def test_the_address_that_is_kept_does_not_give_the_token_away(house: House) -> None:
    rosa = await house.woman()
    assert rosa.address not in rosa.token and rosa.token not in rosa.address
    assert house.webchat.address(rosa.address) is None


def nested(depth: int) -> bytes:
    return b"[" * depth + b"]" * depth


@pytest.mark.parametrize(
    ("body", "word"),
    [
        (b"", "json"),
        (b"{", "json"),
        (b"[]", "json"),
        (b'"x"', "json"),
        (b"\xff\xfe", "json"),
        (nested(9000), "json"),
        (b'{"id": "a", "text": "\\ud800"}', "json"),
        (b"{}", "id"),
        (b'{"id": 7, "text": "x"}', "id"),
        (b'{"id": "", "text": "x"}', "id"),
        (b'{"id": "a b", "text": "x"}', "id"),
        (orjson.dumps({"id": "a" * 65, "text": "x"}), "id"),
        (b'{"id": "a"}', "text"),
        (b'{"id": "a", "text": 7}', "text"),
        (b'{"id": "a", "text": "   "}', "text"),
        (b'{"id": "a", "text": "x", "choice": "menu"}', "text"),
        (b'{"id": "a", "choice": ""}', "text"),
        (orjson.dumps({"id": "a", "choice": "ñ" * 33}), "text"),
        (b'{"id": "a", "text": "x", "after": -1}', "after"),
        (b'{"id": "a", "text": "x", "after": true}', "after"),
        (b'{"id": "a", "text": "x", "after": 1.5}', "after"),
        (b'{"id": "a", "text": "x", "after": 9223372036854775808}', "after"),
    ],
)
async def test_what_no_page_of_ours_sends_is_refused_with_a_word(
    house: House, body: bytes, word: str
) -> None:
    rosa = await house.woman()
    async with house.web.post("/chat/say", data=body, headers=rosa.headers) as answer:
        assert answer.status == 400
        assert await answer.json() == {"error": word}
    assert await house.rows("SELECT count(*) FROM people") == [(0,)]


async def test_4096_letters_are_taken_and_one_more_is_not(house: House) -> None:
    rosa = await house.woman()
    assert (await rosa.sends(id="a", text="ñ" * 4096))[0] == 200
    assert await rosa.sends(id="b", text="ñ" * 4097) == (413, {"error": "long"})


@pytest.mark.parametrize("path", ["/chat/say", "/chat/leave", "/hooks/telegram"])
async def test_five_megabytes_are_refused(house: House, path: str) -> None:
    rosa = await house.woman()
    headers = {**rosa.headers, "X-Telegram-Bot-Api-Secret-Token": "a-secret_of-ours"}

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(80):
            yield b"x" * 65536

    # By its length; then without one, in pieces.
    for data in (io.BytesIO(b"x" * 5_000_000), pieces()):
        async with house.web.post(path, data=data, headers=headers) as answer:
            assert answer.status == 413
    assert await rosa.says("hola")


async def test_salir_tells_the_page_to_erase_and_nothing_older_comes(house: House) -> None:
    rosa = await house.woman()
    await rosa.sends(id="a", text="hola")
    _, batch = await rosa.sends(id="b", text="salir")
    assert batch["erase"] is True
    texts = [bubble["text"] for row in batch["messages"] for bubble in row["bubbles"]]
    assert len(texts) == 1 and "Willaq" not in texts[0]
    _, again = await rosa.sends(id="b", text="salir")
    assert again == batch, "an answer that was lost on the way tells it again"
    after = batch["messages"][-1]["id"]
    _, then = await rosa.sends(id="c", text="menu", after=after)
    assert then["erase"] is False and then["messages"]


async def leave(house: House, token: str | bytes) -> None:
    async with house.web.post("/chat/leave", data=token) as answer:
        assert answer.status == 204
        assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'


async def test_leaving_forgets_her(house: House) -> None:
    rosa, killa = await house.woman(), await house.woman()
    await rosa.says("hola")
    await killa.says("hola")
    for token in (rosa.token, "junk", b"\xff\xff", ""):
        await leave(house, token)
    assert await house.rows("SELECT count(*) FROM people") == [(1,)]
    assert await house.rows("SELECT count(*) FROM outbox WHERE body IS NOT NULL") == [(1,)]
    assert (await rosa.sends(id="b", text="hola"))[0] == 401, "her token is good no more"
    assert await killa.says("menu")


async def test_what_is_being_answered_when_she_leaves_is_forgotten_too(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    rosa = await house.woman()
    receive = house.chat._receive

    async def late(**message: Any) -> None:
        await leave(house, rosa.token)
        await receive(**message)

    monkeypatch.setattr(house.chat, "_receive", late)
    assert await rosa.sends(id="a", text="hola") == (401, {"error": "session"})
    assert await house.rows("SELECT count(*) FROM people") == [(0,)]


async def test_not_everybody_who_ever_left_is_remembered(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chat, "_MOST_LEFT", 2)
    women = [await house.woman() for _ in range(3)]
    for woman in women:
        await leave(house, woman.token)
    assert list(house.chat._left) == [woman.address for woman in women[1:]]


async def test_leaving_again_and_again_is_not_work_without_end(house: House) -> None:
    rosa = await house.woman()
    forgotten = []

    async def forget(channel: str, address: str) -> None:
        forgotten.append((channel, address))

    house.chat._forget = forget
    for _ in range(20):
        async with house.web.post("/chat/leave", data=rosa.token) as answer:
            assert answer.status == 204
    assert forgotten == [("webchat", rosa.address)] * 3


@asynccontextmanager
async def streaming(rosa: Woman, after: int = 0) -> AsyncIterator[aiohttp.StreamReader]:
    url = f"/chat/stream?after={after}"
    async with rosa.house.web.get(url, headers=rosa.headers) as answer:
        assert answer.status == 200
        assert answer.content_type == "text/event-stream"
        assert answer.headers["X-Accel-Buffering"] == "no"
        yield answer.content


async def event(stream: aiohttp.StreamReader) -> Json | None:
    """The next one, or None for a heartbeat. EOFError at the end."""
    async with asyncio.timeout(10):
        line = await stream.readline()
        blank = await stream.readline()
    if not line:
        raise EOFError
    assert blank == b"\n"
    if line == b":\n":
        return None
    batch: Json = orjson.loads(line.removeprefix(b"data: "))
    return batch


async def test_the_stream_brings_what_she_did_not_ask_for(house: House) -> None:
    rosa = await house.woman()
    async with streaming(rosa) as stream:
        assert await event(stream) is None
        await rosa.hears("hola", "elsewhere")
        batch = await event(stream)
        assert batch is not None
        assert "Willaq" in batch["messages"][0]["bubbles"][0]["text"]


async def test_the_stream_does_not_repeat_what_an_answer_brought(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chat, "HEARTBEAT_S", 0.05)
    rosa = await house.woman()
    async with streaming(rosa) as stream:
        assert await event(stream) is None
        assert await rosa.says("hola")
        for _ in range(12):
            assert await event(stream) is None
        await rosa.hears("menu", "elsewhere")
        while (batch := await event(stream)) is None:
            pass
        assert [row["id"] for row in batch["messages"]] == [rosa.after + 1]


async def test_the_stream_takes_up_where_she_was(house: House) -> None:
    rosa = await house.woman()
    await rosa.hears("hola", "elsewhere")
    await rosa.hears("menu", "elsewhere too")
    async with streaming(rosa) as stream:
        assert await event(stream) is None
        batch = await event(stream)
    assert batch is not None
    first, second = batch["messages"]
    async with streaming(rosa, after=first["id"]) as stream:
        assert await event(stream) is None
        rest = await event(stream)
    assert rest is not None and rest["messages"] == [second]


async def test_what_a_stream_brought_may_have_been_lost_and_is_kept(house: House) -> None:
    rosa = await house.woman()
    async with streaming(rosa) as stream:
        assert await event(stream) is None
        await rosa.hears("hola", "elsewhere")
        await event(stream)
        await rosa.hears("menu", "elsewhere too")
        await event(stream)
    assert len(await rosa.fetches()) == 2


async def test_a_stream_erases_once(house: House) -> None:
    rosa = await house.woman()
    async with streaming(rosa) as stream:
        assert await event(stream) is None
        erase = []
        for words in ("hola", "salir", "menu"):
            await rosa.hears(words, words)
            batch = await event(stream)
            assert batch is not None
            erase.append(batch["erase"])
    assert erase == [False, True, False]


async def test_streams_end_when_willaq_does(house: House) -> None:
    rosa = await house.woman()
    async with streaming(rosa) as stream:
        assert await event(stream) is None
        house.webchat.close()
        with pytest.raises(EOFError):
            await event(stream)
    async with streaming(rosa) as stream:
        assert await event(stream) is None
        with pytest.raises(EOFError):
            await event(stream)


async def test_streams_end_from_time_to_time(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat, "HEARTBEAT_S", 0.01)
    monkeypatch.setattr(chat, "STREAM_S", 0.05)
    async with streaming(await house.woman()) as stream:
        with pytest.raises(EOFError):
            while True:
                assert await event(stream) is None
    assert house.webchat.listeners() == 0


async def test_a_page_that_went_is_not_listened_for(house: House) -> None:
    rosa = await house.woman()
    async with streaming(rosa) as stream:
        assert await event(stream) is None
        assert house.webchat.listeners(rosa.address) == 1
    await until(lambda: not house.webchat.listeners())
    assert not house.chat._streams


async def test_polling_waits_until_something_is_there(house: House) -> None:
    rosa = await house.woman()
    assert await rosa.fetches() == []
    polling = asyncio.create_task(rosa.fetches("&wait"))
    await until(lambda: house.webchat.listeners(rosa.address))
    await rosa.hears("hola", "elsewhere")
    assert len(await polling) == 1
    await rosa.hears("menu", "elsewhere too")
    assert len(await rosa.fetches("&wait")) == 1


async def test_polling_ends_without_news(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat, "POLL_S", 0.05)
    assert await (await house.woman()).fetches("&wait") == []


@pytest.mark.parametrize("path", ["/chat/poll", "/chat/stream"])
async def test_nobody_listens_without_a_token_or_with_nonsense(house: House, path: str) -> None:
    async with house.web.get(path) as answer:
        assert answer.status == 401
    rosa = await house.woman()
    for after in ("x", "-1", "1.5", "²", "9" * 30):
        async with house.web.get(path, params={"after": after}, headers=rosa.headers) as answer:
            assert answer.status == 400
    async with house.web.get("/chat/say", headers=rosa.headers) as answer:
        assert answer.status == 405


async def test_one_token_cannot_hold_every_line(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chat, "MOST_LISTENERS_EACH", 2)
    rosa = await house.woman()
    async with streaming(rosa) as one, streaming(rosa) as two:
        assert (await event(one), await event(two)) == (None, None)
        async with house.web.get("/chat/poll", headers=rosa.headers) as answer:
            assert answer.status == 429
            assert int(answer.headers["Retry-After"]) > 0
    monkeypatch.setattr(chat, "MOST_LISTENERS", 0)
    async with house.web.get("/chat/poll", headers=(await house.woman()).headers) as answer:
        assert answer.status == 429


async def test_a_flood_of_sessions_fills_nothing() -> None:
    async with House(Gates(sessions=Gate(1, burst=5))) as house:
        statuses = []
        for _ in range(20):
            async with house.web.post("/chat/session") as answer:
                statuses.append(answer.status)
                if answer.status == 429:
                    assert await answer.json() == {"error": "busy"}
                    assert 1 <= int(answer.headers["Retry-After"]) <= 5
        assert statuses[:5] == [200] * 5 and statuses.count(429) >= 14


async def test_a_flood_of_one_woman_leaves_the_others_alone() -> None:
    async with House(Gates(saying=Gate(1, burst=3))) as house:
        marta, rosa = await house.woman(), await house.woman()
        answers = [await marta.sends(id=f"m{number}", text="hola") for number in range(10)]
        assert [status for status, _ in answers] == [200] * 3 + [429] * 7
        assert await rosa.says("hola")
        assert await house.rows("SELECT count(*) FROM heard") == [(4,)]


async def test_a_flood_of_all_together_is_held_back_too() -> None:
    async with House(Gates(saying_all=Gate(1, burst=2))) as house:
        women = [await house.woman() for _ in range(4)]
        answers = [await woman.sends(id="a", text="hola") for woman in women]
        assert [status for status, _ in answers] == [200, 200, 429, 429]


async def test_when_it_cannot_be_kept_her_page_is_told_to_come_back(house: House) -> None:
    rosa = await house.woman()
    await house.store.close()
    assert await rosa.sends(id="a", text="hola") == (503, {"error": "store"})
    async with house.web.get("/chat/poll", headers=rosa.headers) as answer:
        assert (answer.status, answer.headers["Retry-After"]) == (503, "2")
    async with house.web.get("/chat/stream", headers=rosa.headers) as answer:
        assert await answer.read() == b":\n\n"
    async with house.web.post("/chat/leave", data=rosa.token) as answer:
        assert answer.status == 204


async def test_a_message_we_cannot_answer_gets_an_apology_the_third_time(house: House) -> None:
    rosa = await house.woman()
    good, house.catalogue = house.catalogue, None
    assert await rosa.sends(id="a", text="hola") == (500, {"error": "unanswered"})
    assert (await rosa.sends(id="a", text="hola"))[0] == 500
    status, batch = await rosa.sends(id="a", text="hola")
    assert status == 200 and "algo falló" in batch["messages"][0]["bubbles"][0]["text"]
    house.catalogue = good
    assert await rosa.says("hola")


async def test_nothing_is_ever_pushed_into_a_page(house: House) -> None:
    with pytest.raises(SendError) as refused:
        await house.webchat.send("anybody", Bubble("hola"))
    assert refused.value.permanent
    await house.webchat.leave("anybody")
    await house.webchat.erase("anybody", ())
    house.webchat.ring("nobody")


async def test_two_who_wait_for_the_same_woman_both_hear(house: House) -> None:
    with house.webchat.listen("rosa") as one:
        with house.webchat.listen("rosa") as two, house.webchat.listen("killa") as other:
            house.webchat.ring("rosa")
            assert (one.is_set(), two.is_set(), other.is_set()) == (True, True, False)
            assert house.webchat.listeners() == 3
        assert house.webchat.listeners("rosa") == 1
    assert house.webchat.listeners() == 0
