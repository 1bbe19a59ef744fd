"""`willaq people`: who agreed elsewhere is brought in, no no is undone, every yes can be proved."""

import csv
import io
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from bot.cli import command_line
from bot.dialogue.announcing import Subscribe
from bot.dialogue.senders import IMPORTED as SENDERS_IMPORTED
from bot.dialogue.turn import Announcements, Effect, Forget
from bot.people_desk import Refused, run
from bot.store import people
from bot.store.base import Settlement
from tests.announcing import COMMAND, Desk
from tests.people import ELENA, KILLA, NORA, ROSA, TANIA, Person
from tests.store.contract import answers

TODAY = date(2027, 1, 15)
HEAD = "channel,address,language,region,consent,consent_date\n"
YES = Subscribe("21", (14, 18), "1 es")


class House:
    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk, self.list = desk, folder / "list.csv"
        self.template: str | None = "mensaje_nuevo"

    def writes(self, *rows: str) -> None:
        self.list.write_text(HEAD + "".join(f"{row}\n" for row in rows), "utf-8")

    async def says(self, *arguments: str) -> str:
        asked = command_line().parse_args(["people", *arguments])
        return await run(asked, self.desk.store, ["es", "quy"], self.template, TODAY, self.desk.now)

    async def brings(self, *more: str) -> str:
        return await self.says("import-subscribers", str(self.list), *more)

    async def hears(self, who: Person, *effects: Effect, channel: str = "telegram") -> None:
        message = f"{who.name} {effects} {self.desk.now}"
        self.desk.now += 1
        visit = await self.desk.store.visit(
            channel=channel, message_id=message, address=str(who.chat_id), ref="",
            now=self.desk.now, lease_s=60, pulled=False, decide=answers("listo", effects=effects),
        )  # fmt: skip
        await self.desk.store.settle(
            [Settlement(row.id, row.person_id, "sent") for row in visit.claimed]
        )

    def known(self, columns: str) -> list[tuple[object, ...]]:
        return self.desk.sql(f"SELECT {columns} FROM people ORDER BY id")


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    house = House(await Desk.open(tmp_path), tmp_path)
    yield house
    await house.desk.store.close()


def on_telegram(who: Person) -> str:
    return f"telegram,{who.chat_id},quy,Ayacucho,firmó en Huanta,2026-05-03"


async def test_first_it_only_says_what_it_would_do(house: House) -> None:
    house.writes("whatsapp,987654321,quy,Ayacucho,firmó en Huanta,2026-05-03")
    said = await house.brings()
    assert "1  new" in said and "with --apply 1 get" in said
    assert house.known("id") == []
    assert "import subscribers" not in [each.did for each in await house.desk.store.audit()]


async def test_who_is_new_is_asked_before_she_is_told_anything(house: House) -> None:
    house.writes("whatsapp,987654321,quy,Ayacucho,firmó en Huanta,2026-05-03")
    assert "Done: 1 more" in await house.brings("--apply")
    assert house.known(
        "channel, language, region, wanted, stopped, window_until, greeted, consent, agreed_on"
    ) == [("whatsapp", "quy", "05", 1, 0, 0.0, 0, "import", "2026-05-03")]
    number = await house.desk.begun()
    await house.desk.feeds(number)
    (row,) = await house.desk.claims(channel="whatsapp")
    assert (row.address, row.language, row.window_until) == ("51987654321", "quy", 0.0)
    log = await house.desk.store.audit()
    assert ("command", "import subscribers", "1") in [
        (each.door, each.did, each.about) for each in log
    ]


async def test_without_a_template_it_says_that_she_gets_nothing(house: House) -> None:
    house.writes("whatsapp,987654321,,,firmó,2026-05-03")
    assert "WILLAQ_WHATSAPP_TEMPLATE" not in await house.brings()
    house.template = None
    assert "WILLAQ_WHATSAPP_TEMPLATE" in await house.brings()


async def test_no_no_is_undone_and_no_yes_is_changed(house: House) -> None:
    await house.hears(ROSA, YES)
    await house.hears(KILLA, YES)
    await house.hears(KILLA, Announcements(False))
    await house.hears(TANIA, YES)
    await house.hears(TANIA, Forget())
    await house.hears(NORA)
    before = house.known("*")
    house.writes(*map(on_telegram, (ROSA, KILLA, TANIA, NORA, ELENA)))
    said = await house.brings("--apply")
    for line in ("1  get announcements already", "2  said no", "(line 3, 4)", "1  wrote before",
                 "1  never wrote to the Telegram bot", "(line 6)"):  # fmt: skip
        assert line in said
    rosa, killa, nora = house.known("*")
    assert [rosa, killa] == before[:2]
    assert nora != before[2]
    assert house.known("wanted, stopped, region, consent")[2] == (1, 0, "05", "import")
    assert len(house.known("id")) == 3


async def test_who_blocked_us_is_left_in_peace(house: House) -> None:
    house.desk.women(1, wanted=0, reachable=0)
    address = 5200000000
    house.writes(f"telegram,{address},,,firmó,2026-05-03")
    assert "1  blocked" in await house.brings("--apply")
    assert house.known("wanted") == [(0,)]


async def test_a_second_time_changes_nothing(house: House) -> None:
    house.writes("whatsapp,987654321,,,firmó,2026-05-03", "whatsapp,912345678,,,firmó,2026-05-03")
    await house.brings("--apply")
    before = house.known("*")
    assert "Done: 0 more" in await house.brings("--apply")
    assert "Nothing to change." in await house.brings()
    assert house.known("*") == before


async def test_with_one_mistake_nobody_is_brought(house: House) -> None:
    house.writes("whatsapp,987654321,,,firmó,2026-05-03", "whatsapp,123,,,firmó,2026-05-03")
    with pytest.raises(Refused, match=r"list.csv:3: address: .*\n1 mistakes. Nothing was changed"):
        await house.brings("--apply")
    assert house.known("id") == []


async def test_a_list_that_is_not_there_is_told(house: House) -> None:
    with pytest.raises(Refused, match="No such file"):
        await house.brings()


async def test_her_own_yes_takes_the_place_of_the_organizations(house: House) -> None:
    await house.hears(ROSA)
    house.writes(on_telegram(ROSA))
    await house.brings("--apply")
    await house.hears(ROSA, Announcements(False))
    await house.hears(ROSA, YES)
    assert house.known("consent, proof") == [("1 es", None)]


def test_she_is_told_who_gave_her_number() -> None:
    assert people.IMPORTED == SENDERS_IMPORTED


async def test_consents_are_proved_without_addresses(house: House, tmp_path: Path) -> None:
    await house.hears(ROSA, YES)
    await house.hears(KILLA, YES)
    await house.hears(KILLA, Announcements(False))
    await house.hears(NORA)
    house.writes("whatsapp,987654321,quy,,=firmó; en Huanta,2026-05-03")
    await house.brings("--apply")
    out = tmp_path / "consents.csv"
    said = await house.says("export-consents", str(out))
    assert "3 rows" in said and out.stat().st_mode & 0o777 == 0o600
    rows = table(out)
    marks = [row.pop("woman") for row in rows]
    assert len(set(marks)) == 3
    chat = {"channel": "telegram", "agreed_on": "2027-01-15", "words": "1", "language": "es",
            "proof": ""}  # fmt: skip
    assert rows == [
        {**chat, "still": "yes"}, {**chat, "still": "no"},
        {"channel": "whatsapp", "agreed_on": "2026-05-03", "words": "import", "language": "",
         "proof": "'=firmó; en Huanta", "still": "yes"},
    ]  # fmt: skip
    text = out.read_text("utf-8-sig")
    indexes = [index for (index,) in house.known("hex(address_index)")]
    for secret in (str(ROSA.chat_id), "987654321", *map(str, indexes)):
        assert secret.lower() not in text
    await house.says("export-consents", str(out))
    assert [row["woman"] for row in table(out)] == marks


async def test_who_looked_at_addresses_stands_in_the_log(house: House, tmp_path: Path) -> None:
    await house.hears(ROSA, YES)
    out = tmp_path / "consents.csv"
    said = await house.says("export-consents", str(out), "--with-addresses")
    assert table(out)[0]["address"] == str(ROSA.chat_id) not in said
    assert (await house.desk.store.audit())[0].did == "export addresses"
    with pytest.raises(Refused, match="Nothing was written"):
        await house.says("export-consents", str(tmp_path / "none" / "out.csv"))
    assert COMMAND.staff_id is None


def table(file: Path) -> list[dict[str, str]]:
    return [*csv.DictReader(io.StringIO(file.read_text("utf-8-sig")))]
