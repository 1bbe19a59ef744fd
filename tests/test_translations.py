"""Translations: what is shown, what is not and why, and that one mistake costs one entry."""

import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import content, translations
from bot.dialogue.catalogue import Catalogue, DangerPhrase, Language
from bot.dialogue.danger import assess
from bot.dialogue.phrases import PHRASES
from bot.dialogue.turn import Card, Choice, Line, Message, Reply, same_everywhere, say, stack
from bot.frontmatter import Mistake
from bot.markup import faults as markup_faults
from bot.translations import Drafts, Translations, in_every_language
from bot.web.words import CONSOLE
from tests import small
from tests.catalogue import LOCALES
from tests.small import HEADER, LANGUAGES, TODAY, entry, po

CONTENT = content.build(small.content(), TODAY)
PHRASE = {phrase.key: phrase.text for phrase in PHRASES}
SHORT = "rights/linea-100.md#short"
STEPS = "rights/linea-100.md#steps"
REVIEWED = "# reviewed: Tania, 2026-11-01"


def build(
    quy: str = "", bot: str = "", drafts: Drafts = "show", more: Mapping[str, str] | None = None
) -> tuple[Translations, tuple[Mistake, ...]]:
    files = {"languages.toml": LANGUAGES, **(more or {})}
    files |= {"quy/LC_MESSAGES/content.po": quy} if quy else {}
    files |= {"quy/LC_MESSAGES/bot.po": bot} if bot else {}
    as_bytes = {path: text.encode() for path, text in files.items()}
    made, mistakes, _ = translations.build(as_bytes, CONTENT.texts, drafts)
    return made, mistakes


def content_entry(key: str, text: str, *comments: str) -> str:
    return entry(key, CONTENT.texts[key], text, *comments)


def bot_entry(key: str, text: str, *comments: str) -> str:
    return entry(key, PHRASE[key], text, *comments)


SOME = po(
    content_entry(SHORT, "100man waqyay.", "# draft"),
    content_entry(STEPS, "1. **Allin** kitita maskay.\n2. Waqyay.", REVIEWED),
    content_entry("rights/linea-100.md#menu", "Línea 100", REVIEWED),
    content_entry("rights/linea-100.md#phrases", "imataq linea pachak\nwaqyayta munani"),
    content_entry("danger/violence-high.md#phrases", "maqawa*\nqusay maqan"),
    content_entry("danger/violence-high.md#except", "mana maqawa*"),
)
SOME_BOT = po(
    bot_entry("draft.notice", "(Manaraq qawasqa.)"),
    bot_entry("both.spanish", "Castellanupi:"),
    bot_entry("topic.title", "**{title}**", REVIEWED),
    bot_entry("button.menu", "Akllana", REVIEWED),
    bot_entry("typed.exit", "lluqsiy\nripuy"),
)


def said(key: str, language: str, made: Translations) -> str:
    return made.say(Line(key), language)[0]


def test_a_line_is_said_in_her_language() -> None:
    made, mistakes = build(SOME, SOME_BOT)
    assert mistakes == ()
    assert made.say(Line(SHORT), "quy") == ("100man waqyay.", True)
    assert made.say(Line(STEPS), "quy") == ("1. **Allin** kitita maskay.\n2. Waqyay.", False)
    assert made.say(Line(SHORT), "es") == ("Llama gratis al 100.", False)


def test_what_is_missing_is_said_in_spanish() -> None:
    made, _ = build(SOME, SOME_BOT)
    assert made.say(Line("rights/descanso.md#short"), "quy") == ("Llama gratis al 100.", False)
    assert made.say(Line(SHORT), "zz") == ("Llama gratis al 100.", False)
    assert made.say(Line("rights/gone.md#short"), "quy") == ("", False)


def test_a_language_falls_back_along_its_chain() -> None:
    quz = po(content_entry(STEPS, "1. **Allin** k'itita maskhay.\n2. Waqyay."))
    made, _ = build(SOME, SOME_BOT, more={"quz/LC_MESSAGES/content.po": quz})
    assert said(STEPS, "quz", made).startswith("1. **Allin** k'itita")
    assert said(SHORT, "quz", made) == "100man waqyay."
    assert said("rights/linea-100.md#title", "quz", made) == "La Línea 100"
    assert said(SHORT, "quy", made) == "100man waqyay."


def test_a_language_is_offered_once_something_of_it_can_be_shown() -> None:
    es, quy = Language("es", "Español"), Language("quy", "Runasimi (Chanka)", ("es",))
    assert build()[0].languages == (es,)
    assert build(SOME)[0].languages == (es, quy)
    assert build(po(content_entry(SHORT, "100man waqyay.")), drafts="hide")[0].languages == (es,)
    assert build(SOME, drafts="hide")[0].languages == (es, quy)
    assert build(po(content_entry(SHORT, "")))[0].languages == (es,)


ENGLISH = (
    f'{LANGUAGES}\n[[language]]\ntag = "en"\nname = "English"\nfallback = ["es"]\ncldr = "en"\n'
)
SAVE = "console.save"
CONSOLE_TEXTS = {phrase.key: phrase.text for phrase in CONSOLE}


def test_what_only_the_console_says_is_offered_to_no_woman() -> None:
    for tag, only in (("en", 'only = "console"\n'), ("quy", "")):
        save = po(entry(SAVE, CONSOLE_TEXTS[SAVE], "Save"))
        more = {"languages.toml": ENGLISH + only, f"{tag}/LC_MESSAGES/console.po": save}
        made, mistakes = build(more=more, drafts="hide")
        assert mistakes == ()
        assert [each.tag for each in made.languages] == ["es"]
        assert [each.tag for each in made.console_languages] == ["es", tag]
        assert said(SAVE, tag, made) == "Save", "staff reads drafts"
        assert said("menu.title", tag, made) == PHRASE["menu.title"]


def test_a_language_of_the_console_has_no_other_file() -> None:
    more = {"languages.toml": f'{ENGLISH}only = "console"\n', "en/LC_MESSAGES/bot.po": SOME_BOT}
    made, [mistake] = build(more=more)
    assert str(mistake).startswith("locales/en/LC_MESSAGES/bot.po:1: is not used.")
    assert [each.tag for each in made.languages] == ["es"]


def test_english_is_for_the_console_alone() -> None:
    """The files as they are."""
    made, _ = translations.load(LOCALES, {}, drafts="show")
    assert "en" in [each.tag for each in made.console_languages]
    assert "en" not in [each.tag for each in made.languages]
    assert "en" not in [each.tag for each in in_every_language(Catalogue(), made).languages]


def test_what_is_said_once_is_not_remembered() -> None:
    made, _ = build()
    line = Line("console.home.hello", (("name", "Canariola"),))
    assert made.say_once(line, "es") == "Hola, Canariola"
    assert made._say.cache_info().currsize == 0


def test_placeholders_are_filled_also_with_lines() -> None:
    made, _ = build(SOME, SOME_BOT)
    title = say("topic.title", title=say("rights/linea-100.md#menu"))
    assert made.say(title, "quy") == ("**Línea 100**", False)
    assert made.say(say("topic.title", title=say(SHORT)), "quy") == ("**100man waqyay.**", True)
    assert made.say(say("topic.title", title="{name}"), "es") == ("**{name}**", False)
    assert made.say(say("topic.title", other="x"), "es") == ("**{title}**", False)


def test_text_that_is_the_same_everywhere_and_stacks() -> None:
    made, _ = build(SOME, SOME_BOT)
    assert made.say(same_everywhere("Ley {30364}"), "quy") == ("Ley {30364}", False)
    assert made.say(stack(say(SHORT), say("gone"), say(STEPS)), "quy") == (
        "100man waqyay.\n1. **Allin** kitita maskay.\n2. Waqyay.",
        True,
    )


def test_a_line_may_have_a_language_of_its_own() -> None:
    made, _ = build(SOME, SOME_BOT)
    assert made.say(Line(SHORT, language="es"), "quy") == ("Llama gratis al 100.", False)
    assert made.say(stack(Line(SHORT, language="quy"), Line(SHORT)), "es")[0] == (
        "100man waqyay.\nLlama gratis al 100."
    )


def test_a_message_is_its_lines_and_labels() -> None:
    made, _ = build(SOME, SOME_BOT)
    reply = Reply((say(STEPS), say("gone")), (Choice("menu", say("button.menu")),))
    assert made.tell(reply, "quy") == Message(
        "1. **Allin** kitita maskay.\n2. Waqyay.", (("menu", "Akllana"),), "quy", pick="Elegir"
    )
    assert made.tell(reply, "es").choices == (("menu", "Menú"),)
    both = Reply((say(STEPS), same_everywhere("Fin")))
    assert made.tell(both, "quy").text.endswith("2. Waqyay.\n\nFin")


def test_what_is_attached_goes_along_and_needs_no_button_that_opens_a_list() -> None:
    made, _ = build(SOME, SOME_BOT)
    card = Card("Línea 100", ("100",))
    told = made.tell(Reply((), attachments=(card,)), "quy")
    assert told == Message("", language="quy", attachments=(card,))


def test_a_draft_comes_with_its_notice_once_and_in_the_same_language() -> None:
    made, _ = build(SOME, SOME_BOT)
    told = made.tell(Reply((say(SHORT), say(SHORT), say(STEPS))), "quy")
    assert told.draft
    assert told.text.endswith("2. Waqyay.\n\n(Manaraq qawasqa.)")
    assert told.text.count("qawasqa") == 1
    without, _ = build(SOME)
    assert without.tell(Reply((say(SHORT),)), "quy").text.endswith("\n\n(Traducción sin revisar.)")


def test_where_nobody_may_notice_a_draft_has_no_notice_and_no_spanish() -> None:
    made, _ = build(SOME, SOME_BOT)
    told = made.tell(Reply((say(SHORT),), both=True, unmarked=True), "quy")
    assert told == Message("100man waqyay.", language="quy")


def test_hidden_drafts_are_as_good_as_missing() -> None:
    made, _ = build(SOME, SOME_BOT, drafts="hide")
    told = made.tell(Reply((say(SHORT), say(STEPS)), both=True), "quy")
    assert told == Message(
        "Llama gratis al 100.\n\n1. **Allin** kitita maskay.\n2. Waqyay.", language="quy"
    )


def test_the_language_of_a_reply_goes_before_hers() -> None:
    made, _ = build(SOME, SOME_BOT)
    told = made.tell(Reply((say(SHORT),), language="es", both=True), "quy")
    assert told == Message("Llama gratis al 100.", language="es")
    assert made.tell(Reply((say(SHORT),), language="quy"), "es").language == "quy"


def test_where_she_may_be_in_danger_the_spanish_stands_below_a_draft() -> None:
    made, _ = build(SOME, SOME_BOT)
    reply = Reply((say(SHORT), say("rights/linea-100.md#title")), both=True)
    assert made.tell(reply, "quy").text.split("\n\n") == [
        "100man waqyay.",
        "La Línea 100",
        "(Manaraq qawasqa.)",
        "Castellanupi:",
        "Llama gratis al 100.",
    ], "what was said in Spanish already is not said again"
    assert made.tell(reply, "es").text == "Llama gratis al 100.\n\nLa Línea 100"
    told = made.tell(reply, "quy")
    assert told.text[told.cut :] == "Castellanupi:\n\nLlama gratis al 100."
    assert made.tell(reply, "es").cut == 0
    reviewed = Reply((say(STEPS),), both=True)
    assert "Castellanupi" not in made.tell(reviewed, "quy").text


def test_the_greeting_says_nothing_twice() -> None:
    bot = po(
        bot_entry("welcome.hello", "Allinllachu, **Willaq** kani."),
        bot_entry("language.ask", "Simikita akllay."),
        bot_entry("welcome.privacy", "Manam waqaychanichu. **salir** nispa qillqay."),
    )
    made, _ = build("", bot)
    hello = [Line("welcome.hello", language=tag) for tag in ("quy", "es")]
    ask = stack(*(Line("language.ask", language=tag) for tag in ("quy", "es")))
    told = made.tell(Reply((*hello, say("welcome.privacy"), ask), both=True), "quy")
    assert told.text.split("\n\n") == [
        "Allinllachu, **Willaq** kani.",
        PHRASE["welcome.hello"],
        "Manam waqaychanichu. **salir** nispa qillqay.",
        "Simikita akllay.\nElige tu idioma.",
        "(Traducción sin revisar.)",
        "En castellano:",
        PHRASE["welcome.privacy"],
    ]
    spanish = made.tell(Reply((*hello, ask), both=True), "es")
    assert not spanish.draft
    assert "sin revisar" not in spanish.text


@pytest.mark.parametrize(
    "text",
    [
        content_entry(SHORT, "100man waqyay.", "#, fuzzy"),
        content_entry(SHORT, ""),
        entry(SHORT, "Llama gratis al 105.", "105man waqyay."),
        entry("rights/gone.md#short", "Llama gratis al 100.", "100man waqyay."),
        "".join(f"#~ {line}\n" for line in content_entry(SHORT, "100man waqyay.").splitlines()),
        content_entry(SHORT, "100man waqyay.", '#| msgid "x"', "#, fuzzy"),
    ],
    ids=["fuzzy", "empty", "of another text", "of no text", "obsolete", "fuzzy with the old text"],
)
def test_what_is_stale_is_not_shown_and_is_no_mistake(text: str) -> None:
    made, mistakes = build(po(text, content_entry("rights/linea-100.md#title", "Línea 100")))
    assert mistakes == ()
    assert said(SHORT, "quy", made) == "Llama gratis al 100."
    assert said("rights/linea-100.md#title", "quy", made) == "Línea 100"


@pytest.mark.parametrize(
    ("key", "text", "says"),
    [
        ("topic.row", "**{title}**: {sumary}", "falta {summary}"),
        ("topic.row", "**{title}**: {summary} {x}", "{x} no está en el castellano"),
        ("topic.row", "**{title}**: {summary} {", "{ o } suelta"),
        ("topic.row", "**{title}**: {summary} {}", "{ o } suelta"),
        (SHORT, "Waqyay.", "falta el número 100"),
        (SHORT, "101man waqyay, 100man.", "el número 101 no está"),
        (SHORT, " 100man waqyay.", "espacios antes o después"),
        (SHORT, "100man waqyay.\n", "espacios antes o después"),
        (SHORT, "100man **waqyay.", "** without its partner"),
        (SHORT, "100man [waqyay](x).", "a link in a text"),
        (SHORT, "100man\n\nwaqyay.", "está en una sola línea"),
        (SHORT, "100man waqyay: www.gob.pe", "is an address"),
        (STEPS, "1. **Allin** kitita maskay. Waqyay.", "tiene 1 líneas como"),
        ("button.menu", "x" * 25, "25 letras y en un botón caben 24"),
        ("rights/linea-100.md#menu", "Línea 100 " + "x" * 15, "en un botón caben 24"),
        ("menu.toml#work.menu", "x" * 25, "en un botón caben 24"),
        ("danger/violence-high.md#phrases", "maqa*wan", "only at the end of a word"),
        ("typed.exit", "lluqsiy\n", "espacios antes o después"),
    ],
)
def test_a_mistake_is_told_and_costs_the_entry_alone(key: str, text: str, says: str) -> None:
    wrong = entry(key, {**PHRASE, **CONTENT.texts}[key], text, REVIEWED)
    fine = bot_entry("menu.title", "¿Imata?"), content_entry("harmless/mazamorra.md#title", "Api")
    in_bot = key in PHRASE
    quy, bot = po(*[wrong] * (not in_bot), fine[1]), po(*[wrong] * in_bot, fine[0])
    made, mistakes = build(quy, bot)
    name = "bot" if in_bot else "content"
    line = (bot if in_bot else quy).split("\n").index(f'msgctxt "{key}"') + 2
    where = f"locales/quy/LC_MESSAGES/{name}.po"
    assert {(each.path, each.line) for each in mistakes} == {(where, line)}
    assert all(each.text.startswith(f'"{key}": ') for each in mistakes)
    assert any(says in each.text for each in mistakes)
    assert said(key, "quy", made) == {**PHRASE, **CONTENT.texts}[key]
    assert key not in made.typed.get("quy", {})
    assert said("menu.title", "quy", made) == "¿Imata?"
    assert said("harmless/mazamorra.md#title", "quy", made) == "Api"


@pytest.mark.parametrize(
    ("spanish", "text"),
    [
        ("Llama al 105 o al 100.", "100man otaq 105man waqyay."),
        ("Ley 30364, DS 004-2020-MIMP", "Ley 30364, DS 004-2020-MIMPpi"),
        ("De 2019 a 2024.", "2019-2024"),
        ("S/ 1,025.50", "1,025.50 soles"),
        ("Hasta 20 URP en 3 días", "3 punchawpi, 20 URPkama"),
        ("Por el Código Penal y la Constitución", "Constitución, Código Penalpas"),
        ("**Uno** y **dos**", "Huk, **iskay**pas"),
    ],
)
def test_an_honest_translation_is_no_mistake(spanish: str, text: str) -> None:
    source = {"harmless/x.md#text": spanish}
    files = {
        "languages.toml": LANGUAGES.encode(),
        "quy/LC_MESSAGES/content.po": po(entry("harmless/x.md#text", spanish, text)).encode(),
    }
    made, mistakes, _ = translations.build(files, source, "show")
    assert mistakes == ()
    assert said("harmless/x.md#text", "quy", made) == text


@pytest.mark.parametrize(
    ("spanish", "text", "says"),
    [
        ("La Ley 30364 te protege.", "30364 Ley amachasunki.", "falta «Ley 30364»"),
        ("Según el Código Penal.", "Penal Codigopi.", "falta «Código Penal»"),
        ("Por la Constitución.", "Constitucionpi.", "falta «Constitución»"),
        ("Decreto Supremo 009-2016.", "DS 009-2016.", "falta «Decreto Supremo 009-2016»"),
        ("Es la Ley N.° 29600.", "29600 Ley.", "falta «Ley N.° 29600»"),
        ("En 24 horas.", "Huk punchawpi.", "falta el número 24"),
        ("En 3 días.", "4 punchawpi.", "el número 4 no está"),
    ],
)
def test_a_law_or_a_number_is_written_as_in_spanish(spanish: str, text: str, says: str) -> None:
    files = {
        "languages.toml": LANGUAGES.encode(),
        "quy/LC_MESSAGES/content.po": po(entry("harmless/x.md#text", spanish, text)).encode(),
    }
    _, mistakes, _ = translations.build(files, {"harmless/x.md#text": spanish}, "show")
    assert any(says in each.text for each in mistakes)
    assert {each.line for each in mistakes} == {8}, "the line to mend"


@pytest.mark.parametrize(
    ("comments", "draft"),
    [
        ((), True),
        (("# draft",), True),
        (("# reviewed: Tania Q., 2026-11-01",), False),
        (("# a note", "# reviewed: Tania, 2026-11-01", "# another"), False),
        (("# draft", "# reviewed: Tania, 2026-11-01"), True),
        (("# reviewed: Tania",), True),
    ],
)
def test_only_a_signed_review_makes_it_more_than_a_draft(
    comments: tuple[str, ...], draft: bool
) -> None:
    made, mistakes = build(po(content_entry(SHORT, "100man waqyay.", *comments)))
    assert made.say(Line(SHORT), "quy") == ("100man waqyay.", draft)
    assert [each.text for each in mistakes] == (
        ["cuenta como borrador. Una revisión se escribe: # reviewed: NOMBRE, 2026-12-31"]
        if comments == ("# reviewed: Tania",)
        else []
    )


def test_an_entry_that_stands_twice_is_told() -> None:
    text = po(content_entry(SHORT, "100man waqyay."), content_entry(SHORT, "100man."))
    made, mistakes = build(text)
    [mistake] = mistakes
    assert "está dos veces (antes en la línea 7)" in mistake.text
    assert mistake.line == 11
    assert said(SHORT, "quy", made) == "100man waqyay."


BROKEN = [
    (SOME.replace('msgstr "100man', "msgstr 100man"), "msgstr 100man"),
    (SOME[: SOME.index("kitita")], "msgstr"),
    (SOME.replace('waqyay."', "waqyay."), 'msgstr "100man'),
    (SOME.replace('msgstr "100man waqyay."\n', ""), "# reviewed"),
    (SOME.replace('msgctxt "rights/linea-100.md#menu"', "<<<<<<< HEAD"), "<<<<<<<"),
    (SOME.replace(r"maskay.\n2", r"maskay.\x2"), r"\x2"),
    (SOME + 'msgctxt "x"\n', ""),
    (SOME + 'msgctxt "x"\nmsgid ""\nmsgstr "x"\n', ""),
    ("", ""),
]


@pytest.mark.parametrize(("text", "at"), BROKEN)
def test_nothing_of_a_broken_file_is_used(text: str, at: str) -> None:
    files = {"quy/LC_MESSAGES/content.po": text}
    made, mistakes = build("", SOME_BOT, more=files)
    [mistake] = mistakes
    assert mistake.path == "locales/quy/LC_MESSAGES/content.po"
    assert 1 <= mistake.line <= text.count("\n") + 1
    if at and at.startswith("msgstr 1"):
        assert at in text.split("\n")[mistake.line - 1]
    assert said(SHORT, "quy", made) == "Llama gratis al 100."
    assert said("button.menu", "quy", made) == "Akllana"
    assert made.typed["quy"] == {"typed.exit": "lluqsiy\nripuy"}


def test_a_file_with_another_encoding_is_told() -> None:
    files = {
        "languages.toml": LANGUAGES.encode(),
        "quy/LC_MESSAGES/content.po": po(content_entry(SHORT, "100 ñan")).encode("latin-1"),
    }
    _, mistakes, unused = translations.build(files, CONTENT.texts, "show")
    assert [each.text for each in mistakes] == ["is not UTF-8. Save the file as UTF-8."]
    assert unused == {"quy/LC_MESSAGES/content.po"}


def test_what_other_tools_write_is_read() -> None:
    text = "# Quechua\n# a licence\n\n" + SOME.replace("\n", "\r\n")
    text = text.replace("PO-Rev", "x") + '\n#~| msgid "a"\n#~ msgid "b"\n#~ msgstr "c"\n'
    text = text.replace("X-Editor: Tania", "POT-Creation-Date: YEAR-MO-DA")
    made, mistakes = build(text)
    assert mistakes == ()
    assert said(SHORT, "quy", made) == "100man waqyay."


def test_languages_that_cannot_be_read_leave_spanish() -> None:
    for wrong, says in (
        ("[[language]\n", "the fields cannot be read"),
        (LANGUAGES.replace('"quy"', '"Quechua"', 1), 'must look like "quy"'),
        (LANGUAGES.replace('["quy", "es"]', '["qu", "es"]'), '"qu" is no other language'),
        (LANGUAGES.replace('tag = "es"', 'tag = "en"'), 'there is no language "es"'),
        (LANGUAGES.replace('tag = "quz"', 'tag = "quy"'), '"quy" stands here twice'),
        (LANGUAGES.replace("Runasimi (Chanka)", "x" * 25), "25 letters, 24 are shown"),
        (LANGUAGES.replace("fallback = []", "falback = []"), 'Did you mean "fallback"?'),
    ):
        made, mistakes = build(more={"languages.toml": wrong})
        assert any(says in mistake.text for mistake in mistakes), says
        assert made.languages == (Language("es", "Español"),)
        assert said(SHORT, "quy", made) == "Llama gratis al 100."


def test_a_folder_of_no_language_is_told() -> None:
    _, [mistake] = build(SOME, more={"ayr/LC_MESSAGES/bot.po": SOME_BOT})
    assert str(mistake).startswith("locales/ayr/LC_MESSAGES/bot.po:1: is not used.")


def test_what_she_may_type_is_known_per_language() -> None:
    made, _ = build(SOME, SOME_BOT, drafts="hide")
    assert made.typed == {
        "quy": {
            "typed.exit": "lluqsiy\nripuy",
            "rights/linea-100.md#menu": "Línea 100",
            "rights/linea-100.md#phrases": "imataq linea pachak\nwaqyayta munani",
            "danger/violence-high.md#phrases": "maqawa*\nqusay maqan",
            "danger/violence-high.md#except": "mana maqawa*",
        }
    }, "drafts too: nobody reads them, and they find her"


def test_the_catalogue_gets_every_language() -> None:
    made, _ = build(SOME, SOME_BOT)
    everything = in_every_language(CONTENT.catalogue, made)
    assert everything.languages == made.languages
    assert everything.typed == made.typed
    assert everything.danger == (
        *CONTENT.catalogue.danger,
        DangerPhrase(("maqawa*",), "high", "violence", "quy"),
        DangerPhrase(("qusay", "maqan"), "high", "violence", "quy"),
        DangerPhrase(("mana", "maqawa*"), "high", "violence", "quy", harmless=True),
    )
    assert assess("qusaymi, qusay maqan", everything).language == "quy"
    assert everything.topics == CONTENT.catalogue.topics
    assert in_every_language(Catalogue(), Translations()).languages == (Language("es", "Español"),)


def test_danger_is_heard_in_a_language_that_is_not_offered() -> None:
    made, _ = build(po(content_entry("danger/violence-high.md#phrases", "maqawa*")), drafts="hide")
    everything = in_every_language(CONTENT.catalogue, made)
    assert made.languages == (Language("es", "Español"),)
    assert everything.typed == {}
    found = assess("maqawan", everything)
    assert (found.tier, found.language) == ("high", "es"), "she is answered in Spanish"


@pytest.mark.parametrize("comments", [("#, fuzzy",), ()])
def test_an_old_list_of_danger_phrases_still_hears_her(comments: tuple[str, ...]) -> None:
    phrases, excepted = "danger/violence-high.md#phrases", "danger/violence-high.md#except"
    made, _ = build(
        po(
            entry(phrases, "me peg*", "maqawa*\n*", *comments),
            entry(excepted, "x", "maqawa*", *comments),
            content_entry(SHORT, "100man waqyay."),
        ),
        po(entry("typed.forget", "x", "qunqay", *comments)),
    )
    everything = in_every_language(CONTENT.catalogue, made)
    assert [each.words for each in everything.danger[3:]] == [("maqawa*",)]
    assert "typed.forget" not in made.typed["quy"]


def test_the_spanish_of_the_bot_is_a_text_every_channel_shows() -> None:
    for phrase in PHRASES:
        if not phrase.key.startswith("typed."):
            assert markup_faults(phrase.text) == (), phrase.key
            assert phrase.text == phrase.text.strip()


def test_saying_the_same_again_costs_next_to_nothing() -> None:
    made, _ = build(SOME, SOME_BOT)
    reply = Reply((say(SHORT),), (Choice("menu", say("button.menu")),), both=True)
    assert made.tell(replace(reply), "quy") is made.tell(replace(reply), "quy")


def test_files_on_disk_are_read(tmp_path: Path) -> None:
    folder = tmp_path / "locales"
    files: dict[str, bytes | None] = {
        "languages.toml": LANGUAGES.encode(),
        "quy/LC_MESSAGES/content.po": SOME.encode(),
        "quy/audio/x.ogg": b"\0",
        "content.pot": b"",
    }
    small.write(folder, files)
    made, mistakes = translations.load(folder, CONTENT.texts, drafts="show")
    assert mistakes == ()
    assert said(SHORT, "quy", made) == "100man waqyay."
    _, [mistake] = translations.load(tmp_path / "gone", {}, drafts="show")
    assert str(mistake).startswith("gone/languages.toml:1: is missing.")


@pytest.mark.skipif(not shutil.which("msgfmt"), reason="gettext's own tools are not installed")
def test_gettext_agrees_that_our_example_is_whole(tmp_path: Path) -> None:
    (tmp_path / "x.po").write_text(SOME)
    command = ["msgfmt", "--check-format", "-o", "/dev/null", str(tmp_path / "x.po")]
    subprocess.run(command, check=True, capture_output=True)


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_whatever_make_it_fail(data: bytes) -> None:
    files = {"languages.toml": LANGUAGES.encode(), "quy/LC_MESSAGES/content.po": data}
    made, mistakes, unused = translations.build(files, CONTENT.texts, "show")
    assert said(SHORT, "quy", made) == "Llama gratis al 100."
    assert mistakes
    assert unused


@settings(deadline=None)
@given(
    st.lists(st.sampled_from([*SOME.split("\n"), 'msgid_plural "x"', 'msgstr[1] "y"']), max_size=20)
)
def test_lines_in_any_order_make_it_fail_neither(lines: list[str]) -> None:
    build("\n".join(lines) or "#")


@settings(deadline=None)
@given(st.integers(0, len(SOME.encode())))
def test_a_file_cut_anywhere_never_shows_half_a_text(end: int) -> None:
    whole = SOME.encode()
    files = {"languages.toml": LANGUAGES.encode(), "quy/LC_MESSAGES/content.po": whole[:end]}
    made, _, _ = translations.build(files, CONTENT.texts, "show")
    assert said(SHORT, "quy", made) in ("100man waqyay.", "Llama gratis al 100.")
    assert said(STEPS, "quy", made).count("\n") == 1
    for texts in made.typed.values():
        assert texts.items() <= build(SOME)[0].typed["quy"].items()


@settings(deadline=None)
@given(st.text(min_size=1), st.sampled_from([SHORT, STEPS, "rights/linea-100.md#phrases"]))
def test_any_text_is_shown_as_it_is_or_not_at_all(text: str, key: str) -> None:
    files = {
        "languages.toml": LANGUAGES.encode(),
        "quy/LC_MESSAGES/content.po": po(content_entry(key, text)).encode("utf-8", "replace"),
    }
    made, mistakes, _ = translations.build(files, CONTENT.texts, "show")
    assert said(key, "quy", made) in (text, CONTENT.texts[key])
    assert mistakes or text in (said(key, "quy", made), made.typed.get("quy", {}).get(key))


def test_the_header_is_not_an_entry() -> None:
    made, mistakes = build(HEADER + "\n" + content_entry(SHORT, "100man waqyay."))
    assert mistakes == ()
    assert said("", "quy", made) == ""
