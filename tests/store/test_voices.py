"""What every store promises about a translator's recording: its work is noted until it ends."""

import sqlite3

from bot.dialogue.staff import KeepVoice, SaveVoice
from bot.dialogue.turn import Forget
from bot.store.recording import VoiceWork
from tests.people import KILLA, TANIA
from tests.store.contract import Scene, answers

MEDIA = "AwACAgEAAxkBAAI000001"
KEEP = KeepVoice("linea-100", "quy", MEDIA, "0123456789abcdef", "Tania Huamán")
SAVE = SaveVoice("00ff00ff00ff00ff")


async def begins(scene: Scene, *what: KeepVoice | SaveVoice) -> tuple[VoiceWork, ...]:
    visit = await scene.hears(TANIA, answers("un momento", effects=what))
    await scene.sends(visit.claimed)
    return visit.voices


async def test_work_begins_with_her_message_and_ends_when_she_was_told(scene: Scene) -> None:
    (keep,) = await begins(scene, KEEP)
    assert (keep.channel, keep.address, keep.what) == ("telegram", str(TANIA.chat_id), KEEP)
    (save,) = await begins(scene, SAVE)
    assert [each.id for each in await scene.store.voices()] == [keep.id, save.id]
    await scene.store.end_voice(keep.id)
    assert await scene.store.voices() == [save]
    await scene.store.end_voice(keep.id)


async def test_a_new_life_finds_it_without_the_platform_s_id_of_her_voice(scene: Scene) -> None:
    (keep,) = await begins(scene, KEEP)
    await scene.restart()
    (left,) = await scene.store.voices()
    assert (left.id, left.address) == (keep.id, keep.address)
    assert left.what == KeepVoice("linea-100", "quy", "", KEEP.words, KEEP.by)


async def test_a_message_heard_twice_is_worked_on_once(scene: Scene) -> None:
    for _ in range(2):
        await scene.hears(TANIA, answers(effects=[SAVE]), message_id="the same")
    assert len(await scene.store.voices()) == 1


async def test_who_is_forgotten_leaves_no_work(scene: Scene) -> None:
    await begins(scene, KEEP)
    await scene.hears(KILLA, answers("hola"))
    await scene.hears(TANIA, answers(effects=[Forget()]))
    assert await scene.store.voices() == []


async def test_the_file_holds_neither_her_address_nor_her_name_nor_her_voice(
    scene: Scene,
) -> None:
    await begins(scene, KEEP)
    with sqlite3.connect(scene.engine.database) as database:
        (row,) = database.execute("SELECT * FROM voices")
    database.close()
    told = b"".join(each for each in row if isinstance(each, bytes)) + repr(row).encode()
    for secret in (str(TANIA.chat_id), "Tania", "linea-100", MEDIA):
        assert secret.encode() not in told


async def test_damaged_work_is_left_aside(scene: Scene) -> None:
    await begins(scene, KEEP)
    await begins(scene, SAVE)
    with sqlite3.connect(scene.engine.database) as database:
        database.execute("UPDATE voices SET work = x'0102' WHERE id = 1")
    database.close()
    assert [each.what for each in await scene.store.voices()] == [SAVE]
    assert [each.what for each in await scene.store.voices()] == [SAVE]
