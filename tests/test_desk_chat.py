"""Elena writes an announcement in her own chat, Nora approves it in hers, Marta gets nothing."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.broadcasts import Broadcasts
from bot.channels.base import Limits
from bot.channels.fit import fit
from bot.conversation import Conversation
from bot.dialogue.catalogue import Catalogue
from bot.dialogue.danger import assess
from bot.dialogue.menus import MOST
from bot.dialogue.staff import Role
from bot.dialogue.turn import Announcements, Event, Reply, Turn, say, unpack
from bot.dialogue.unfinished import Drafting
from bot.store.base import OutboxRow, Settlement, Visit
from bot.store.desk import Doer, Refused
from bot.store.house import House
from bot.translations import load
from tests.announcing import COMMAND, DAY, HOUR, SPEAKS, WHAT, Desk, staff
from tests.people import ELENA, KILLA, MARTA, NORA, ROSA, Person
from tests.schools import keys_of, with_editions
from tests.small import LANGUAGES, write

TEXT = "Este sábado hay taller en Lircay, en el local comunal. Es gratis."
QUECHUA = "Sábado punchawmi Lircaypi huñunakuy kanqa."
ABOUT_DANGER = (
    "Si tu marido te pega o te amenaza de muerte no estás sola: este sábado en la plaza te "
    "orientamos gratis y nadie te preguntará tu nombre."
)


@cache
def catalogue() -> Catalogue:
    return with_editions()


class Office:
    """Who writes to whom: the desk's store, and what each of them sees."""

    def __init__(self, desk: Desk, two_person: bool = True) -> None:
        self.desk = desk
        self.rows: list[OutboxRow] = []
        self.rang = 0
        self.conversation = Conversation(
            desk.store,
            catalogue,
            handed=self._take,
            now=lambda: desk.now,
            house=House(two_person, lambda texts: {k: v for k, v in SPEAKS.items() if v in texts}),
        )
        self.messages = 0

    def _take(self, channel: str, address: str, visit: Visit) -> None:
        self.rang += visit.left_waiting
        self.rows = list(visit.claimed)

    async def does(self, who: Person, *, channel: str = "telegram", **event: Any) -> "Seen":
        self.messages += 1
        kind = "choice" if "choice" in event else "text"
        turn = await self.conversation.receive(
            channel=channel,
            message_id=str(self.messages),
            address=str(who.chat_id),
            event=Event(kind, channel=channel, **event),  # type: ignore[arg-type]
        )
        assert turn is not None
        for row in self.rows:
            await self.desk.store.settle([_sent(row)])
        return Seen(turn)

    async def writes(self, who: Person, *texts: str) -> "Seen":
        for text in texts:
            seen = await self.does(who, text=text)
        return seen

    async def presses(self, who: Person, *ids: str) -> "Seen":
        for id in ids:
            seen = await self.does(who, choice=id)
        return seen

    async def bound(self, who: Person, *roles: Role) -> None:
        member = await staff(self.desk.store, who.name + "2", *roles, now=self.desk.now)
        code = await self.desk.store.chat_code(member.id, now=self.desk.now, lasts_s=600)
        seen = await self.writes(who, f"/soy {code.token}")
        assert "desk.bound" in seen.keys

    async def told(self, who: Person) -> list[Reply]:
        """What came to her chat by itself."""
        rows = await self.desk.store.claim(["telegram"], now=self.desk.now, limit=99, lease_s=60)
        for row in rows:
            await self.desk.store.settle([_sent(row)])
        assert {row.address for row in rows} <= {str(who.chat_id)}
        return [unpack(row.body) for row in rows]


class Seen:
    """What she then has in front of her."""

    def __init__(self, turn: Turn) -> None:
        self.turn = turn
        self.keys = {key for reply in turn.replies for key in keys_of(reply)}
        self.ids = tuple(choice.id for reply in turn.replies for choice in reply.choices)
        self.screen = tuple(choice.id for choice in turn.replies[-1].choices)
        self.draft = turn.state.unfinished

    def id(self, begin: str) -> str:
        return next(each for each in self.screen if each.startswith(begin))


def _sent(row: OutboxRow) -> Settlement:
    return Settlement(row.id, row.person_id, "sent")


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Office]:
    desk = await Desk.open(tmp_path)
    yield Office(desk)
    await desk.store.close()


@pytest.fixture
async def two(house: Office) -> Office:
    """Elena and Nora work from their chats; three women want to be told."""
    await house.bound(ELENA, "organizer")
    await house.bound(NORA, "approver")
    house.desk.women(2)
    house.desk.women(1, language="quy")
    house.rang = 0
    return house


async def written(house: Office) -> Seen:
    await house.writes(ELENA, "/anunciar")
    await house.presses(ELENA, "desk:new")
    await house.writes(ELENA, TEXT, QUECHUA)
    return await house.presses(ELENA, "desk:look")


async def test_from_the_idea_to_the_sending(two: Office) -> None:
    seen = await written(two)
    spanish, quechua, screen = sorted(seen.turn.replies, key=lambda reply: reply.language or "z")
    assert [spanish.lines[1].values[0][1], quechua.lines[1].values[0][1]] == [TEXT, QUECHUA]
    assert "announce.head" in seen.keys and "announce.foot" in seen.keys
    assert dict(screen.lines[2].values)
    assert ("count", "3") in _values(screen)
    seen = await two.presses(ELENA, "desk:send")
    assert "desk.sent" in seen.keys
    assert seen.draft is None
    assert two.rang == 1, "the outbox is woken for Nora"
    told = await two.told(NORA)
    assert [reply.language for reply in told] == ["es", "quy", ""]
    assert told[-1].lines[0] == say("desk.news"), "a locked phone shows it"
    ids = [choice.id for choice in told[-1].choices]
    assert ids[:3] == ["desk:see:1", "desk:approve:1:1", "desk:back:1:1"]
    seen = await two.presses(NORA, "desk:see:1")
    assert {"announce.head", "desk.count"} <= seen.keys
    seen = await two.presses(NORA, "desk:approve:1:1")
    assert "desk.done.approve" in seen.keys
    (told_elena,) = await two.told(ELENA)
    assert "desk.told.approve" in set(keys_of(told_elena))
    assert told_elena.lines[0] == say("desk.news")
    assert [choice.id for choice in told_elena.choices][:2] == ["desk:see:1", "desk:start:1:1"]
    for what, state in (("start", "sending"), ("pause", "paused"), ("resume", "sending")):
        seen = await two.presses(ELENA, seen_id(told_elena, what) or f"desk:{what}:1:1")
        assert f"desk.done.{what}" in seen.keys
        found = await two.desk.store.broadcast(1)
        assert found is not None and found.state == state
    seen = await two.presses(ELENA, "desk:see:1")
    assert ("count", "3") in _values(seen.turn.replies[-1])
    seen = await two.presses(ELENA, "desk:sure:1", "desk:cancel:1:1")
    assert "desk.done.cancel" in seen.keys
    did = [entry.did for entry in reversed(await two.desk.store.audit(limit=7))]
    assert did == ["draft", "submit", "approve", "start", "pause", "resume", "cancel"]
    assert {entry.door for entry in await two.desk.store.audit(limit=7)} == {"chat"}


def seen_id(reply: Reply, what: str) -> str:
    return next((each.id for each in reply.choices if each.id.startswith(f"desk:{what}:")), "")


def _values(reply: Reply) -> list[tuple[str, Any]]:
    def within(line: Any) -> list[tuple[str, Any]]:
        found: list[tuple[str, Any]] = []
        for name, value in line.values:
            found += [(name, value)] if isinstance(value, str) else within(value)
        return found

    return [each for line in reply.lines for each in within(line)]


async def test_her_audience_is_chosen_by_buttons_or_by_a_word(two: Office) -> None:
    two.desk.women(1, region="05")
    await written(two)
    await two.presses(
        ELENA, "desk:text:audience", "desk:ask:channels", "desk:set:channels:telegram"
    )
    await two.presses(ELENA, "desk:ask:languages", "desk:set:languages:es", "desk:ask:regions")
    seen = await two.writes(ELENA, "Ayacucho")
    assert isinstance(seen.draft, Drafting)
    whom = seen.draft.audience
    assert (whom.channels, whom.languages, whom.regions) == (("telegram",), ("es",), ("05",))
    seen = await two.presses(ELENA, "desk:look")
    assert ("count", "1") in _values(seen.turn.replies[-1])
    seen = await two.presses(ELENA, "desk:ask:regions", "desk:set:regions:", "desk:ask:edition")
    assert seen.id("desk:set:edition:lircay") == "desk:set:edition:lircay-2027"
    seen = await two.presses(ELENA, "desk:set:edition:lircay-2027", "desk:look", "desk:send")
    assert "desk.refused.empty" in seen.keys, "nobody is enrolled there"
    assert await two.desk.store.broadcasts() == []


async def test_every_screen_has_nine_choices_at_most_and_a_way_out(two: Office) -> None:
    seen = [await two.writes(ELENA, "anunciar"), await two.presses(ELENA, "desk:new")]
    seen += [await two.writes(ELENA, TEXT), await two.presses(ELENA, "desk:without:quy")]
    for field in ("channels", "languages", "regions", "regions:3", "edition"):
        seen.append(await two.presses(ELENA, f"desk:ask:{field}"))
    seen.append(await two.presses(ELENA, "desk:look"))
    for each in seen:
        assert len(each.screen) <= MOST, each.keys
        assert {"help", "exit"} <= set(each.screen)


async def test_without_quechua_those_who_read_spanish_get_it(two: Office) -> None:
    await two.presses(ELENA, "desk:new")
    await two.writes(ELENA, TEXT, "sin quechua")
    seen = await two.presses(ELENA, "desk:look")
    assert isinstance(seen.draft, Drafting)
    assert seen.draft.texts == {"es": TEXT}


async def test_a_text_about_danger_is_taken_and_she_is_asked_for_herself(two: Office) -> None:
    assert assess(ABOUT_DANGER, catalogue()).tier == "high"
    await two.presses(ELENA, "desk:new")
    seen = await two.writes(ELENA, ABOUT_DANGER)
    assert isinstance(seen.draft, Drafting)
    assert seen.draft.texts == {"es": ABOUT_DANGER}
    assert "danger.ask" in seen.keys
    assert seen.screen[0] == "help"


@pytest.mark.parametrize("step", ["es", "quy", "audience", "channels"])
async def test_a_cry_for_help_is_answered_first_also_at_the_desk(two: Office, step: str) -> None:
    await two.presses(ELENA, "desk:new")
    if step != "es":
        await two.writes(ELENA, TEXT)
    if step in ("audience", "channels"):
        await two.presses(ELENA, "desk:without:quy")
    if step == "channels":
        await two.presses(ELENA, "desk:ask:channels")
    seen = await two.writes(ELENA, "mi marido me pega")
    assert seen.turn.rule == "answer_danger"


@pytest.mark.parametrize(
    "words", ["salir", "borrar", "menú", "ayuda", "línea 100", "no más avisos", "qué sabes de mí"]
)
async def test_every_other_word_works_as_always_and_drops_the_draft(
    two: Office, words: str
) -> None:
    await written(two)
    seen = await two.writes(ELENA, words)
    assert seen.turn.rule != "at_the_desk"
    assert seen.draft is None
    assert await two.desk.store.broadcasts() == []


async def test_what_is_too_short_too_long_or_no_text_is_asked_again(two: Office) -> None:
    await two.presses(ELENA, "desk:new")
    assert "desk.text.short" in (await two.writes(ELENA, "Taller")).keys
    assert "desk.text.long" in (await two.writes(ELENA, "Taller. " * 400)).keys
    assert "desk.text.many" in (await two.writes(ELENA, "Taller el sábado. " * 60)).keys
    assert "number.none" in (await two.writes(ELENA, "77")).keys
    seen = await two.writes(ELENA, "atrás")
    assert isinstance(seen.draft, Drafting)
    assert seen.draft.asks == "es"


async def test_the_longest_text_is_kept_in_both_languages(two: Office) -> None:
    long = "Taller. " * 374
    await two.presses(ELENA, "desk:new")
    await two.writes(ELENA, long, long)
    seen = await two.presses(ELENA, "desk:look", "desk:try")
    assert isinstance(seen.draft, Drafting)
    assert [*map(len, seen.draft.texts.values())] == [len(long.strip())] * 2


async def test_a_button_of_a_sample_stops_nobody_s_announcements(two: Office) -> None:
    seen = await written(two)
    sample = next(id for id in seen.ids if id.startswith("desk:sample:"))
    assert "stop" not in seen.ids
    seen = await two.presses(ELENA, sample)
    assert "desk.sample" in seen.keys
    assert Announcements(False) not in seen.turn.effects


async def test_a_test_on_her_own_telephone_is_the_real_thing(two: Office) -> None:
    await written(two)
    seen = await two.presses(ELENA, "desk:try")
    assert {"stop", "who-sends"} <= set(seen.ids)
    assert isinstance(seen.draft, Drafting)
    assert await two.told(NORA) == []


async def test_after_half_an_hour_of_silence_nothing_is_left_of_a_draft(two: Office) -> None:
    await written(two)
    two.desk.now += 31 * 60
    seen = await two.presses(ELENA, "desk:send")
    assert seen.draft is None
    assert await two.desk.store.broadcasts() == []


async def test_what_cannot_be_done_is_answered_and_changes_nothing(two: Office) -> None:
    await written(two)
    await two.presses(ELENA, "desk:send")
    await two.presses(NORA, "desk:approve:1:1")
    for pressed, why in (
        ("desk:approve:1:1", "state"),
        ("desk:pause:1:1", "state"),
        ("desk:start:1:7", "version"),
        ("desk:see:99", "unknown"),
        ("desk:start:99:1", "unknown"),
    ):
        seen = await two.presses(NORA, pressed)
        assert f"desk.refused.{why}" in seen.keys, pressed
    found = await two.desk.store.broadcast(1)
    assert found is not None and found.state == "approved"
    two.desk.sql("UPDATE people SET stopped = 1")
    assert "desk.refused.empty" in (await two.presses(NORA, "desk:start:1:1")).keys


async def test_what_she_wrote_herself_somebody_else_approves(house: Office) -> None:
    await house.bound(NORA, "organizer", "approver")
    house.desk.women(1)
    await house.presses(NORA, "desk:new")
    await house.writes(NORA, TEXT, "sin quechua")
    seen = await house.presses(NORA, "desk:look", "desk:send")
    assert "desk.sent.console" in seen.keys, "nobody else approves from a chat"
    seen = await house.presses(NORA, "desk:see:1")
    assert not [id for id in seen.screen if id.startswith("desk:approve")]
    assert "desk.refused.own" in (await house.presses(NORA, "desk:approve:1:1")).keys


async def test_where_one_person_is_enough_it_is_approved_at_once(house: Office) -> None:
    alone = Office(house.desk, two_person=False)
    await alone.bound(ELENA, "organizer")
    alone.desk.women(1)
    await alone.presses(ELENA, "desk:new")
    await alone.writes(ELENA, TEXT, "sin quechua")
    seen = await alone.presses(ELENA, "desk:look", "desk:send")
    assert "desk.finished" in seen.keys
    seen = await alone.presses(ELENA, "desk:see:1", "desk:start:1:1")
    assert "desk.done.start" in seen.keys


async def test_sent_back_its_author_hears_of_it(two: Office) -> None:
    await written(two)
    await two.presses(ELENA, "desk:send")
    await two.told(NORA)
    assert "desk.done.back" in (await two.presses(NORA, "desk:back:1:1")).keys
    (told,) = await two.told(ELENA)
    assert "desk.told.back" in set(keys_of(told))
    assert told.lines[0] == say("desk.news")


@pytest.fixture
def elsewhere(two: Office, tmp_path: Path) -> Broadcasts:
    """The engine as the console and the command line use it, and the clock."""
    write(tmp_path / "locales", {"languages.toml": LANGUAGES.encode()})
    translations, _ = load(tmp_path / "locales", {}, drafts="show")
    return Broadcasts(
        two.desk.store,
        lambda: translations,
        {"telegram": 30.0},
        lambda name, message: fit(message, Limits()),
        two_person=True,
        now=lambda: two.desk.now,
    )


async def hers(two: Office, who: Person) -> Doer:
    """She who is bound to this chat, at the console."""
    (member,) = [each for each in await two.desk.store.staff() if each.name == f"{who.name}2"]
    return Doer(member.id, "console")


@pytest.mark.parametrize("door", ["console", "command"])
async def test_handed_in_elsewhere_who_approves_gets_the_same_in_her_chat(
    two: Office, elsewhere: Broadcasts, door: str
) -> None:
    doer = await hers(two, ELENA) if door == "console" else COMMAND
    number = await elsewhere.draft(WHAT, doer)
    await elsewhere.edit(number, WHAT, 1, doer)
    await elsewhere.act(number, "submit", doer)
    *texts, asked = await two.told(NORA)
    assert len(texts) == len(WHAT.texts)
    assert {"desk.asked", "desk.count"} <= set(keys_of(asked))
    assert ("desk.somebody" in set(keys_of(asked))) == (door == "command")
    assert asked.lines[0].key == "desk.news", "a locked telephone shows no title"
    assert "desk.done.approve" in (await two.presses(NORA, seen_id(asked, "approve"))).keys
    state = (await elsewhere.broadcast(number)).state  # type: ignore[union-attr]
    assert state == "approved"


async def test_its_author_hears_in_her_chat_what_was_done_at_the_console(
    two: Office, elsewhere: Broadcasts
) -> None:
    elena, nora = await hers(two, ELENA), await hers(two, NORA)
    number = await elsewhere.draft(WHAT, elena)
    await elsewhere.act(number, "submit", elena)
    await two.told(NORA)
    await elsewhere.act(number, "send back", nora)
    (reply,) = await two.told(ELENA)
    assert list(keys_of(reply)) == ["desk.news", "desk.told.back"]
    await elsewhere.act(number, "submit", elena)
    await two.told(NORA)
    await elsewhere.act(number, "approve", nora, 1)
    (reply,) = await two.told(ELENA)
    assert list(keys_of(reply)) == ["desk.news", "desk.told.approve"]
    assert seen_id(reply, "start") == f"desk:start:{number}:1"


async def test_what_is_not_done_nobody_hears_of(two: Office, elsewhere: Broadcasts) -> None:
    elena = await hers(two, ELENA)
    number = await elsewhere.draft(WHAT, elena)
    await elsewhere.act(number, "submit", elena)
    await two.told(NORA)
    with pytest.raises(Refused):
        await elsewhere.act(number, "submit", elena)
    assert await two.told(NORA) == []
    await elsewhere.act(number, "send back", elena)
    assert await two.told(ELENA) == [], "she did it herself"


async def test_nobody_is_told_by_night(two: Office, elsewhere: Broadcasts) -> None:
    two.desk.now += 12 * HOUR
    await written(two)
    await two.presses(ELENA, "desk:send")
    elena = await hers(two, ELENA)
    await elsewhere.act(await elsewhere.draft(WHAT, elena), "submit", elena)
    assert await two.told(NORA) == []
    two.desk.now += 9 * HOUR
    assert len(await two.told(NORA)) == 6


async def begun(two: Office, elsewhere: Broadcasts) -> int:
    elena, nora = await hers(two, ELENA), await hers(two, NORA)
    number = await elsewhere.draft(WHAT, elena)
    await elsewhere.act(number, "submit", elena)
    await two.told(NORA)
    await elsewhere.act(number, "approve", nora, 1)
    await two.told(ELENA)
    await elsewhere.act(number, "start", elena)
    return number


async def test_its_author_hears_how_it_ended(two: Office, elsewhere: Broadcasts) -> None:
    await begun(two, elsewhere)
    for row in await two.desk.claims():
        await two.desk.store.settle([_sent(row)])
    await elsewhere.tick()
    (reply,) = await two.told(ELENA)
    assert list(keys_of(reply)) == ["desk.news", "desk.told.done"]
    number = await begun(two, elsewhere)
    await elsewhere.act(number, "pause", await hers(two, NORA))
    assert await two.told(ELENA) == []
    two.desk.now += 4 * DAY
    await elsewhere.tick()
    (reply,) = await two.told(ELENA)
    assert list(keys_of(reply)) == ["desk.news", "desk.told.expired"]
    await two.desk.store.sweep(limit=9, now=two.desk.now)
    assert await two.desk.account(number) == {("skipped", "expired"): 3}


async def test_its_author_hears_that_the_first_failed(two: Office, elsewhere: Broadcasts) -> None:
    two.desk.women(1500)
    number = await begun(two, elsewhere)
    for row in await two.desk.claims():
        end = Settlement(row.id, row.person_id, "failed", "rejected")
        await two.desk.store.settle([end])
    await elsewhere.tick()
    (reply,) = await two.told(ELENA)
    assert list(keys_of(reply)) == ["desk.news", "desk.told.canary"]
    seen = await two.presses(ELENA, seen_id(reply, "see"))
    assert f"desk:resume:{number}:1" in seen.screen


EVERYTHING = (
    "desk:open", "desk:new", "desk:see:1", "desk:approve:1:1", "desk:back:1:1", "desk:start:1:1",
    "desk:pause:1:1", "desk:resume:1:1", "desk:sure:1", "desk:cancel:1:1", "desk:look",
    "desk:send", "desk:try", "desk:text:es", "desk:without:quy", "desk:set:channels:telegram",
    "desk:sample:stop",
)  # fmt: skip


@pytest.mark.parametrize("who", ["nobody", "translator", "administrator", "revoked"])
async def test_without_the_role_these_are_words_and_buttons_like_any_other(
    two: Office, who: str
) -> None:
    await written(two)
    await two.presses(ELENA, "desk:send")
    if who in ("translator", "administrator"):
        await two.bound(MARTA, who)  # type: ignore[arg-type]
    if who == "revoked":
        await two.bound(MARTA, "organizer", "approver")
        (member,) = [each for each in await two.desk.store.staff() if each.name == "Marta2"]
        await two.presses(MARTA, "desk:new")
        await two.desk.store.revoke(member.id, doer=COMMAND, now=two.desk.now)
    await two.writes(KILLA, "hola")
    await two.writes(MARTA, "hola")
    for said in ("anunciar", "/anunciar", "por aprobar", TEXT, "soy abcdefgh23", "/soy 2345678923"):
        hers, killa_s = await two.writes(MARTA, said), await two.writes(KILLA, said)
        assert hers.keys == killa_s.keys, said
        assert not [key for key in hers.keys if key.startswith(("desk.", "button.desk"))]
    for pressed in EVERYTHING:
        hers = await two.presses(MARTA, pressed)
        assert hers.turn.rule == "old_button", pressed
        assert hers.turn.effects == ()
    (found,) = await two.desk.store.broadcasts()
    assert found.state == "waiting for approval"


async def test_an_approver_writes_nothing_and_an_organizer_approves_nothing(two: Office) -> None:
    seen = await two.writes(NORA, "anunciar")
    assert seen.turn.rule != "at_the_desk"
    seen = await two.presses(NORA, "desk:new")
    assert not isinstance(seen.draft, Drafting)
    assert (await two.writes(NORA, "por aprobar")).turn.rule == "at_the_desk"
    await written(two)
    await two.presses(ELENA, "desk:send")
    seen = await two.presses(ELENA, "desk:see:1")
    assert not [id for id in seen.screen if id.startswith("desk:approve")]
    assert "desk.refused.role" in (await two.presses(ELENA, "desk:approve:1:1")).keys


async def test_a_code_counts_once_and_for_one_chat(house: Office) -> None:
    member = await staff(house.desk.store, "Tania", "organizer")
    code = (await house.desk.store.chat_code(member.id, now=house.desk.now, lasts_s=600)).token
    assert "desk.bound" in (await house.writes(ELENA, f"  SOY {code.upper()} ")).keys
    assert "desk.bound" not in (await house.writes(MARTA, f"soy {code}")).keys
    other = (await house.desk.store.chat_code(member.id, now=house.desk.now, lasts_s=600)).token
    seen = await house.does(MARTA, text=f"soy {other}", channel="webchat")
    assert "desk.bound" not in seen.keys, "a page that anybody may open later"
    await house.writes(ROSA, f"soy {other}")
    assert (await house.writes(ELENA, "anunciar")).turn.rule != "at_the_desk"
    assert (await house.writes(ROSA, "anunciar")).turn.rule == "at_the_desk"


async def test_borrar_gives_up_the_chat_she_worked_from(two: Office) -> None:
    await two.writes(ELENA, "borrar")
    assert (await two.writes(ELENA, "anunciar")).turn.rule != "at_the_desk"


async def test_a_staff_member_is_also_a_woman(two: Office) -> None:
    await two.writes(NORA, "hola", "avisos")
    seen = await two.presses(NORA, "news:yes", "news:in:05", "news:at:8-12")
    assert "news.done" in seen.keys
    assert (await two.writes(NORA, "línea 100")).turn.rule == "open_topic"


def test_a_draft_stands_in_no_log() -> None:
    texts: Mapping[str, str] = {"es": TEXT}
    assert TEXT not in repr(Drafting("es", texts))
    assert TEXT not in repr(replace(Drafting("es"), texts=texts))
