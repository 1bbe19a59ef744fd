"""`willaq announce`: the third door to the same engine, and what it does not open."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot import announce_desk
from bot.announce_desk import NotDone
from bot.announce_form import Mistaken
from bot.broadcasts import Broadcasts
from bot.channels.fit import fit
from bot.cli import command_line
from bot.dialogue.phrases import PHRASES
from bot.preview import CHANNELS
from bot.store.desk import Refused
from bot.translations import Translations, load
from tests.announcing import DAY, HOUR, NOON, Desk
from tests.catalogue import LOCALES

RATES = {"telegram": 30.0, "whatsapp": 80.0}
PDF = b"%PDF-1.7" + bytes(100)
NEW = ("new", "--title", "Taller", "--text", "es=Taller el *sábado*.", "--text", "quy=Huñunakuy.")


@pytest.fixture(scope="module")
def speech() -> Translations:
    return load(LOCALES, {each.key: each.text for each in PHRASES}, drafts="show")[0]


class Terminal:
    """Elena's, on the machine where Willaq is."""

    def __init__(self, desk: Desk, folder: Path, speech: Translations) -> None:
        self.desk, self.folder, self._speech = desk, folder, speech
        self.two_person = True
        self.told: dict[str, Any] = {}

    async def says(self, *arguments: str) -> str:
        broadcasts = Broadcasts(
            self.desk.store,
            lambda: self._speech,
            RATES,
            lambda name, message: fit(message, CHANNELS[name]),
            two_person=self.two_person,
            has_file=lambda path: (self.folder / path).is_file(),
            now=lambda: self.desk.now,
        )
        at = announce_desk.Desk(
            self.desk.store, broadcasts, self.folder / "announcements", lambda: ["lircay-2040"],
            lambda line: self._speech.say(line, "es")[0], self.desk.now, self.told,
        )  # fmt: skip
        return await announce_desk.run(command_line().parse_args(["announce", *arguments]), at)

    async def tells(self, *arguments: str) -> Any:
        return json.loads(await self.says(*arguments, "--json"))

    async def refuses(self, *arguments: str) -> str:
        with pytest.raises(NotDone) as refused:
            await self.says(*arguments)
        return str(refused.value)


@pytest.fixture
async def terminal(tmp_path: Path, speech: Translations) -> AsyncIterator[Terminal]:
    desk = await Desk.open(tmp_path)
    yield Terminal(desk, tmp_path, speech)
    await desk.store.close()


async def test_one_writes_here_and_another_approves_elsewhere(terminal: Terminal) -> None:
    terminal.desk.women(3)
    assert "willaq announce submit 1" in await terminal.says(*NEW)
    assert (await terminal.tells("submit", "1"))["state"] == "waiting for approval"
    assert "WILLAQ_TWO_PERSON=off" in await terminal.refuses("approve", "1", "--version", "1")
    desk = terminal.desk
    await desk.store.act(1, "approve", doer=desk.nora, now=desk.now, version=1)
    assert "willaq run" in await terminal.says("start", "1")
    assert await desk.account(1) == {("waiting", ""): 3}
    doors = [(each.door, each.did) for each in reversed(await desk.store.audit()) if each.about]
    assert doors[-4:] == [
        ("command", "draft"), ("command", "submit"), ("console", "approve"), ("command", "start"),
    ]  # fmt: skip


async def test_who_approves_is_told_in_her_chat(terminal: Terminal) -> None:
    (nora,) = terminal.desk.women(1, wanted=0)
    terminal.desk.women(2)
    with terminal.desk._other() as database:
        database.execute(
            "UPDATE staff SET address_index = (SELECT address_index FROM people WHERE id = ?)"
            " WHERE name = 'Nora'", (nora,),
        )  # fmt: skip
    await terminal.says(*NEW)
    await terminal.says("submit", "1")
    assert {(row.person_id, row.broadcast) for row in await terminal.desk.claims()} == {(nora, 0)}


async def test_alone_she_approves_what_she_read(terminal: Terminal) -> None:
    terminal.two_person = False
    terminal.desk.women()
    assert "approve 1 --version 1" in await terminal.says(*NEW)
    changed = await terminal.refuses("approve", "1", "--version", "2")
    assert "willaq announce preview 1" in changed
    assert (await terminal.tells("approve", "1", "--version", "1"))["state"] == "approved"


async def test_each_step_is_done_once_and_says_what_follows(terminal: Terminal) -> None:
    terminal.desk.women(2)
    number = str(await terminal.desk.approved())
    states = {"start": "sending", "pause": "paused", "resume": "sending", "cancel": "cancelled"}
    for act, state in states.items():
        assert (await terminal.tells(act, number))["state"] == state
        said = await terminal.refuses(act, number)
        assert f"«{state}»" in said and f"aviso {number}" in said
    assert "2  waiting" not in await terminal.says("report", number)


async def test_all_that_can_be_said_of_it_is_kept(terminal: Terminal) -> None:
    sheet = terminal.folder / "hoja.pdf"
    sheet.write_bytes(PDF)
    words = terminal.folder / "es.txt"
    words.write_text("\ufeffTaller\n\nEl sábado.\n", "utf-8")
    told = await terminal.tells(
        "new", "--title", " Taller ", "--text", f"es={words}", "--channel", "telegram",
        "--language", "es", "--region", "Ayacucho", "--region", "0501",
        "--edition", "lircay-2040", "--at", "2027-02-01 10:00", "--repeat", "weekly",
        "--expires", "12h", "--attach", str(sheet), "--no-canary",
    )  # fmt: skip
    assert told["texts"] == {"es": "Taller\n\nEl sábado."}
    assert told["audience"] == {
        "channels": ["telegram"], "languages": ["es"], "regions": ["05", "0501"],
        "edition": "lircay-2040",
    }  # fmt: skip
    assert (told["start_at"], told["repeat"]) == ("2027-02-01T10:00:00-05:00", "weekly")
    assert (told["expires_after_s"], told["canary"]) == (12 * HOUR, False)
    assert (terminal.folder / told["attachment"]["path"]).read_bytes() == PDF


async def test_every_mistake_is_told_at_once_and_nothing_is_kept(terminal: Terminal) -> None:
    sheet = terminal.folder / "hoja.pdf"
    sheet.write_bytes(PDF)
    with pytest.raises(Mistaken) as found:
        await terminal.says(
            "new", "--title", "", "--text", "es=aviso.txt", "--text", "quy=Huñunakuy",
            "--channel", "fax", "--region", "Atlantis", "--edition", "none-2040",
            "--at", "2020-01-01 10:00", "--attach", str(sheet),
        )  # fmt: skip
    options = [each.split(":")[0] for each in found.value.mistakes]
    assert options == [
        "--text es", "--edition", "--title", "--channel", "--region", "--at"
    ]  # fmt: skip
    assert await terminal.desk.store.broadcasts() == []
    assert not (terminal.folder / "announcements").exists()


@pytest.mark.parametrize("name", ["aviso.txt", "avisos/taller", "Taller.MD", "taller.docx"])
async def test_the_name_of_a_file_that_is_not_there_is_no_text(
    terminal: Terminal, name: str
) -> None:
    with pytest.raises(Mistaken, match=r"--text es: .*no hay ese archivo"):
        await terminal.says("new", "--title", "Taller", "--text", f"es={name}")


async def test_a_text_in_another_alphabet_is_told(terminal: Terminal) -> None:
    (terminal.folder / "es.txt").write_bytes("mañana".encode("latin-1"))
    with pytest.raises(Mistaken, match="UTF-8"):
        await terminal.says("new", "--title", "T", "--text", f"es={terminal.folder / 'es.txt'}")


@pytest.mark.parametrize(
    "wrong",
    [
        ("--text", "hola"), ("--text", "ES=hola"), ("--at", "mañana"), ("--at", "2027-02-30 10:00"),
        ("--expires", "3"), ("--expires", "1w"), ("--repeat", "daily"),
    ],
)  # fmt: skip
async def test_what_cannot_be_understood_is_told_by_its_option(
    terminal: Terminal, wrong: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        await terminal.says(*NEW, *wrong)
    assert ended.value.code == 2
    assert wrong[0] in capsys.readouterr().err


async def test_preview_shows_her_screens_and_who_gets_it(terminal: Terminal) -> None:
    terminal.desk.women(2)
    terminal.desk.women(1, channel="whatsapp", language="quz", window_until=0.0)
    terminal.desk.women(1, wanted=0)
    await terminal.says(*NEW)
    told = await terminal.tells("preview", "1")
    assert [(each["channel"], each["language"]) for each in told["shown"]] == [
        (channel, language) for channel in RATES for language in ("es", "quy")
    ]
    assert "Taller el" in told["shown"][0]["bubbles"][0]["text"]
    assert told["dry_run"]["total"] == 3 and told["dry_run"]["knocks"] == 1
    assert told["dry_run"]["refused"] == {"not opted in": 1}
    said = await terminal.says("preview", "1")
    assert told["dry_run"]["finish_at"].keys() == RATES.keys()
    for line in (
        "Taller el *sábado*.", "Le llega a 3:", "lee el texto en quy", "no han dicho que",
        "termina el 15/01/2027 12:00.",
    ):  # fmt: skip
        assert line in said


async def test_report_sums_to_the_audience(terminal: Terminal) -> None:
    terminal.desk.women(3)
    terminal.desk.women(1, stopped=1)
    number = await terminal.desk.begun()
    await terminal.desk.feeds(number, limit=2)
    told = await terminal.tells("report", str(number))
    assert sum(each["count"] for each in told["tallies"]) == told["size"] == 3
    assert "3  en total" in await terminal.says("report", str(number))


async def test_what_is_in_doubt_goes_again_by_her_word_alone(terminal: Terminal) -> None:
    terminal.desk.women(2)
    number = await terminal.desk.begun()
    await terminal.desk.feeds(number)
    assert len(await terminal.desk.claims()) == 2
    await terminal.desk.store.recover(now=terminal.desk.now, everything=True)
    assert await terminal.desk.account(number) == {("unknown", "stopped"): 2}
    assert await terminal.tells("resend", str(number)) == {"resent": 2}
    assert "No había ninguno" in await terminal.says("resend", str(number))


async def test_a_scheduled_one_starts_by_the_clock(terminal: Terminal) -> None:
    terminal.desk.women()
    number = str(await terminal.desk.approved(start_at=NOON + DAY))
    assert "16/01/2027 12:00" in await terminal.says("schedule", number)
    assert "scheduled  16/01/2027 12:00" in await terminal.says("list")


async def test_list_says_what_there_is(terminal: Terminal) -> None:
    assert "willaq announce new" in await terminal.says("list")
    await terminal.says(*NEW)
    assert "    1  draft  Taller" == await terminal.says("list")
    assert [each["id"] for each in (await terminal.tells("list"))["announcements"]] == [1]


async def test_a_number_nobody_gave_is_told(terminal: Terminal) -> None:
    for act in ("preview", "report", "start", "resend", "submit"):
        assert "aviso 7" in await terminal.refuses(act, "7")


async def test_the_house_opens_again_only_for_who_read_why(terminal: Terminal) -> None:
    desk = terminal.desk
    desk.women()
    number = await desk.begun()
    await desk.store.pause_house("restored", doer=desk.nora, now=desk.now)
    terminal.told = {"copied_at": NOON - DAY, "compared": False, "subscribed": 1}
    assert "no sale ningún aviso" in await terminal.says("list")
    said = await terminal.refuses("allow")
    for words in ("14/01/2027 12:00", "avisos: 1.", f"aviso {number} (sending)", "--yes"):
        assert words in said
    assert await desk.store.house_is_paused() == "restored"
    with pytest.raises(Refused):
        await desk.store.act(number, "start", doer=desk.elena, now=desk.now)
    assert "pueden salir" in await terminal.says("allow", "--yes")
    assert await desk.store.house_is_paused() == ""
    assert "no estaban" in await terminal.says("allow")
