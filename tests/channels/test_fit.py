"""A message fits every channel: nothing lost, nothing too long, the markup always whole."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Literal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.channels.base import Bubble, Limits
from bot.channels.fit import CARDS, SHORT, fit, length
from bot.channels.whatsapp_messages import LIMITS as WHATSAPP
from bot.dialogue.turn import Card, File, Message, Pin

TELEGRAM = Limits(text=4096, label=64, choices=100, markup="html", per_row=2)
TERMINAL = Limits(text=20_000, label=80, choices=0, markup="plain")
FAMILY = "👩\u200d👩\u200d👧"
FLAG = "🇵🇪"
WAVE = "👋🏽"
ACCENTED = "n\u0303"


def texts(message: str, limits: Limits) -> list[str]:
    return [bubble.text for bubble in fit(Message(message), limits)]


def html_of(message: str) -> str:
    (text,) = texts(message, TELEGRAM)
    return text


def rows(*labels: str, limits: Limits = TELEGRAM) -> list[list[str]]:
    choices = tuple((f"t:{at}", label) for at, label in enumerate(labels))
    (bubble,) = fit(Message("Elige", choices), limits)
    return [[label for _, label in row] for row in bubble.buttons]


@pytest.mark.parametrize(
    ("markdown", "html", "plain"),
    [
        ("**Ayuda** ahora", "<b>Ayuda</b> ahora", "Ayuda ahora"),
        ("2 < 3 & 4 > 1", "2 &lt; 3 &amp; 4 &gt; 1", "2 < 3 & 4 > 1"),
        ("**a & b**", "<b>a &amp; b</b>", "a & b"),
        ('dice "sí"', 'dice "sí"', 'dice "sí"'),
        ("- uno\n- dos", "• uno\n• dos", "• uno\n• dos"),
        ("  - dentro", "• dentro", "• dentro"),
        ("1. uno\n2. dos", "1. uno\n2. dos", "1. uno\n2. dos"),
        ("- **Es nulo** (no vale)", "• <b>Es nulo</b> (no vale)", "• Es nulo (no vale)"),
        ("sola **", "sola **", "sola **"),
        ("** no **", "** no **", "** no **"),
        ("2 - 1", "2 - 1", "2 - 1"),
        ("**uno\ndos**", "**uno\ndos**", "**uno\ndos**"),
        ("https://x.pe/a_b_c#/d", "https://x.pe/a_b_c#/d", "https://x.pe/a_b_c#/d"),
        ("\n\nuno\n\ndos\n", "uno\n\ndos", "uno\n\ndos"),
    ],
)
def test_the_small_markdown_in_each_markup(markdown: str, html: str, plain: str) -> None:
    assert html_of(markdown) == html
    assert texts(markdown, TERMINAL) == [plain]


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("**Ayuda** ahora", "*Ayuda* ahora"),
        ("¿**Ayuda**?", "¿*Ayuda*?"),
        ("- **Es nulo** (no vale)", "• *Es nulo* (no vale)"),
        ("**uno** **dos**", "*uno* *dos*"),
        ("**uno****dos**", "*unodos*"),
        ("**Ley** 30364, **art. 1**", "*Ley* 30364, *art. 1*"),
        # At the edge of a word or not at all: she would read the asterisks.
        ("**Ley**es", "Leyes"),
        ("in**justo**", "injusto"),
        ("n\u0303**x**", "n\u0303x"),
        # Signs that are nobody's markup.
        ("2*3 y *esto*", "2∗3 y ∗esto∗"),
        ("**2*3**", "*2∗3*"),
        ("* uno\n* dos", "∗ uno\n∗ dos"),
        ("sola **", "sola ∗∗"),
        ("~no~ y _sí_ y `x`", "∼no∼ y \uff3fsí\uff3f y ’x’"),
        ("una_palabra_larga", "una_palabra_larga"),
        ("mesa_de_partes@x.gob.pe", "mesa_de_partes@x.gob.pe"),
        ("https://x.pe/_a_/~b?c=d_e", "https://x.pe/_a_/~b?c=d_e"),
        ("**ver** www.x.pe/_a_", "*ver* www.x.pe/_a_"),
        # An asterisk that has to stay could close what another one opens.
        ("**ver** https://x.pe/*a", "ver https://x.pe/*a"),
        ("2 < 3 & 4", "2 < 3 & 4"),
    ],
)
def test_whatsapp_shows_bold_where_it_is_meant_and_nothing_else(markdown: str, shown: str) -> None:
    assert texts(markdown, WHATSAPP) == [shown]


def test_no_message_is_no_bubble() -> None:
    assert fit(Message(" \n "), TELEGRAM) == ()


def test_buttons_never_come_without_text() -> None:
    assert fit(Message("", (("menu", "Menú"),)), TELEGRAM) == (Bubble("…", ((("menu", "Menú"),),)),)


def test_the_language_goes_along() -> None:
    assert [bubble.language for bubble in fit(Message("Allin", language="quy"), TELEGRAM)] == [
        "quy"
    ]


def limited(text: int) -> Limits:
    return Limits(text=text, label=20, choices=10, markup="html")


@pytest.mark.parametrize(
    ("message", "most", "expected"),
    [
        ("uno dos\n\ntres cuatro", 14, ["uno dos", "tres cuatro"]),
        ("uno dos\ntres cuatro", 14, ["uno dos", "tres cuatro"]),
        ("Uno dos. Tres cuatro", 14, ["Uno dos.", "Tres cuatro"]),
        ("¿Uno dos?» Tres cuatro", 14, ["¿Uno dos?»", "Tres cuatro"]),
        ("uno dos tres cuatro", 14, ["uno dos tres", "cuatro"]),
        # A paragraph's end that would leave the bubble nearly empty is no good place.
        ("Sí\n\nuno dos. Tres cuatro cinco", 20, ["Sí\n\nuno dos.", "Tres cuatro cinco"]),
        # Where there is no better place, any is.
        ("Sí\n\nunodostrescuatrocinco", 21, ["Sí", "unodostrescuatrocinco"]),
        ("unodostres", 4, ["unod", "ostr", "es"]),
    ],
)
def test_what_is_too_long_is_cut_at_the_best_place(
    message: str, most: int, expected: list[str]
) -> None:
    assert texts(message, limited(most)) == expected


def test_a_bold_part_that_is_cut_is_bold_on_both_sides() -> None:
    assert texts("**uno dos tres**", limited(15)) == ["<b>uno dos</b>", "<b>tres</b>"]


def test_an_entity_is_never_cut() -> None:
    assert texts("&&&&", limited(12)) == ["&amp;&amp;", "&amp;&amp;"]


@pytest.mark.parametrize("letter", [FAMILY, FLAG, WAVE, ACCENTED, "✊🏾", "1\ufe0f\u20e3"])
def test_a_letter_or_an_emoji_is_never_cut(letter: str) -> None:
    most = length(letter) * 2 + 1
    assert texts(letter * 5, limited(most)) == [letter * 2, letter * 2, letter]


def test_two_flags_side_by_side_are_two_flags() -> None:
    assert texts("🇵🇪🇧🇴🇪🇨", limited(9)) == ["🇵🇪🇧🇴", "🇪🇨"]


def test_lengths_are_utf_16_units_as_telegram_counts() -> None:
    assert [length("ñ"), length("👋"), length(FLAG)] == [1, 2, 4]
    assert texts("👋 " * 2048, TELEGRAM)[0] == ("👋 " * 1365).strip()


def test_the_buttons_are_below_the_last_bubble() -> None:
    first, last = fit(Message("uno dos tres cuatro", (("menu", "Menú"),)), limited(14))
    assert (first.buttons, last.buttons) == ((), ((("menu", "Menú"),),))


def test_short_buttons_share_a_row_and_long_ones_do_not() -> None:
    assert rows("Violencia", "Trabajo", "Acoso político y electoral", "Hijos", "Lengua") == [
        ["Violencia", "Trabajo"],
        ["Acoso político y electoral"],
        ["Hijos", "Lengua"],
    ]
    assert rows("a" * SHORT, "b" * (SHORT + 1), "c") == [["a" * 16], ["b" * 17], ["c"]]


def test_the_order_of_the_choices_stays() -> None:
    assert rows("uno", "una muy muy larga que no cabe", "dos", "tres", "cuatro") == [
        ["uno"],
        ["una muy muy larga que no cabe"],
        ["dos", "tres"],
        ["cuatro"],
    ]


def test_the_ways_out_share_the_last_row() -> None:
    choices = (("help", "Ayuda ahora"), ("t:x", "Un tema"), ("menu", "Menú"), ("exit", "Salir"))
    (bubble,) = fit(Message("Elige", choices), TELEGRAM)
    assert [[id for id, _ in row] for row in bubble.buttons] == [["t:x"], ["help", "menu", "exit"]]


def test_where_a_row_holds_one_button_every_button_has_its_own() -> None:
    one = Limits(choices=10, per_row=1)
    (bubble,) = fit(Message("Elige", (("t:x", "Uno"), ("menu", "M"), ("exit", "S"))), one)
    assert [len(row) for row in bubble.buttons] == [1, 1, 1]


def test_a_label_is_shortened_at_a_word_and_shows_no_markup() -> None:
    tight = Limits(label=20, choices=10)
    assert rows("Pensión de alimentos para tus hijos", limits=tight) == [["Pensión de…"]]
    assert rows("Electroencefalografista", limits=tight) == [["Electroencefalograf…"]]
    assert rows("**Línea** 100", limits=tight) == [["Línea 100"]]
    assert rows("", limits=tight) == [["…"]]
    assert rows(FAMILY * 3, limits=tight) == [[FAMILY * 2 + "…"]]


def test_without_buttons_the_choices_are_numbered_in_the_order_of_their_numbers() -> None:
    choices = (("cat:violence", "Violencia"), ("help", "Ayuda"), ("exit", "Salir"))
    (bubble,) = fit(Message("Elige", choices), TERMINAL)
    assert bubble == Bubble("Elige\n\n1. Violencia\n2. Ayuda\n3. Salir")


def test_more_choices_than_buttons_are_numbered_so_that_none_is_lost() -> None:
    choices = tuple((f"t:{at}", f"Tema {at}") for at in range(4))
    (bubble,) = fit(Message("Elige", choices), Limits(choices=3))
    assert bubble == Bubble("Elige\n\n1. Tema 0\n2. Tema 1\n3. Tema 2\n4. Tema 3")


@pytest.mark.parametrize(
    ("first", "second", "most", "expected"),
    [
        # Also where another place would fill the first message better.
        ("Uno dos.", "Tres.\n\nCuatro cinco seis", 28, ["Uno dos.", "Tres.\n\nCuatro cinco seis"]),
        # What was bold before it is shorter by its signs.
        (
            "**Uno** **dos**.",
            "Tres. Cuatro cinco",
            27,
            ["<b>Uno</b> <b>dos</b>.", "Tres. Cuatro cinco"],
        ),
        ("- uno\n- dos", "Tres. Cuatro cinco", 20, ["• uno\n• dos", "Tres. Cuatro cinco"]),
        # Never at the price of a message more.
        ("Uno.", "Dos tres cuatro cinco", 16, ["Uno.\n\nDos tres", "cuatro cinco"]),
        # One language alone may take two.
        ("Uno dos tres cuatro", "Cinco", 14, ["Uno dos tres", "cuatro\n\nCinco"]),
        # What fits whole is not cut at all.
        ("Uno dos.", "Tres", 20, ["Uno dos.\n\nTres"]),
    ],
)
def test_a_message_in_two_languages_is_cut_between_them(
    first: str, second: str, most: int, expected: list[str]
) -> None:
    for blanks in ("", "\n "):
        text = f"{blanks}{first}\n\n{second}"
        message = Message(text, cut=text.index(second))
        assert [bubble.text for bubble in fit(message, limited(most))] == expected


BUTTONS = (("t:x", "Un tema"), ("menu", "Menú"))


def with_room(text: int, above: int) -> Limits:
    return Limits(text=text, text_above_buttons=above, label=24, markup="whatsapp", choices=10)


def test_the_text_above_buttons_is_short_and_what_does_not_fit_goes_before_it() -> None:
    long = "\n\n".join(["Párrafo " + "y más " * 20] * 12)
    bubbles = fit(Message(long, BUTTONS), WHATSAPP)
    assert len(bubbles) == 2
    assert [bool(bubble.buttons) for bubble in bubbles] == [False, True]
    assert length(bubbles[1].text) <= 1024 < length(bubbles[0].text)
    assert len(fit(Message(long), WHATSAPP)) == 1
    assert len(fit(Message(long, BUTTONS), WHATSAPP.without_buttons)) == 1


def test_neither_bubble_is_nearly_empty_when_it_can_be_helped() -> None:
    text = "**Título**\n\n" + "Una frase de prueba. " * 50 + "\n\n(Sin revisar.)"
    first, last = texts_with_buttons(text, WHATSAPP)
    assert min(length(first), length(last)) >= 256


def texts_with_buttons(text: str, limits: Limits) -> list[str]:
    return [bubble.text for bubble in fit(Message(text, BUTTONS), limits)]


def fewest(words: list[str], text: int, last: int) -> int:
    """How many messages these words need, tried out in full."""
    needed = [0] * (len(words) + 1)
    for start in reversed(range(len(words))):
        rest = len(" ".join(words[start:]))
        fits = [end for end in range(start + 1, len(words)) if joined(words, start, end) <= text]
        needed[start] = 1 if rest <= last else 1 + min(needed[end] for end in fits)
    return needed[0]


def joined(words: list[str], start: int, end: int) -> int:
    return len(" ".join(words[start:end]))


@settings(deadline=None)
@given(
    words=st.lists(st.text("añq!.", min_size=1, max_size=12), min_size=1, max_size=40),
    text=st.integers(25, 90),
    above=st.integers(13, 60),
    first=st.integers(0, 40),
)
def test_no_message_more_than_needed_is_sent(
    words: list[str], text: int, above: int, first: int
) -> None:
    cut = len(" ".join([*words[:first], ""])) if first < len(words) else 0
    message = Message(" ".join(words), BUTTONS, cut=cut)
    shown = [bubble.text for bubble in fit(message, with_room(text, min(above, text)))]
    assert len(shown) == fewest(words, text, min(above, text))
    assert [word for piece in shown for word in piece.split()] == words
    assert all(len(piece) <= text for piece in shown) and len(shown[-1]) <= above


def test_whatsapp_takes_no_two_buttons_that_do_the_same() -> None:
    choices = (("help", "Sí, necesito ayuda"), ("t:x", "Un tema"), ("help", "Ayuda ahora"))
    (bubble,) = fit(Message("Elige", choices), WHATSAPP)
    assert [button for row in bubble.buttons for button in row] == [
        ("t:x", "Un tema"),
        ("help", "Sí, necesito ayuda"),
    ]
    # Her number counts all of them, as the dialogue does.
    (numbered,) = fit(Message("Elige", choices), WHATSAPP.without_buttons)
    assert numbered.text.split("\n")[2:] == [
        "1. Sí, necesito ayuda",
        "2. Un tema",
        "3. Ayuda ahora",
    ]


def test_two_buttons_that_would_look_alike_are_numbered_in_full() -> None:
    choices = (
        ("t:x", "Pensión de alimentos para ti"),
        ("t:y", "Pensión de alimentos para el papá"),
    )
    (bubble,) = fit(Message("Elige", choices), WHATSAPP)
    assert bubble.buttons == ()
    assert bubble.text == f"Elige\n\n1. {choices[0][1]}\n2. {choices[1][1]}"


def test_what_opens_a_list_goes_with_the_buttons() -> None:
    message = Message("Elige " * 300, BUTTONS, pick="Akllay")
    assert [bubble.pick for bubble in fit(message, WHATSAPP)] == ["", "Akllay"]
    assert [bubble.pick for bubble in fit(message, WHATSAPP.without_buttons)] == [""]


PIN = Pin(-12.78, -74.97, "CEM Lircay", "Jr. Libertad 123")
LINE_100 = Card("Línea 100", ("100",))
POLICE = Card("Comisaría", ("105", "067 123 456"))
VOICE = File("locales/quy/audio/linea-100.ogg", kind="audio")
PAPER = File("content/escuela.pdf", "Escuela.pdf")


def test_attachments_follow_the_text_and_its_buttons() -> None:
    message = Message("Mira", BUTTONS, "quy", attachments=(PIN, LINE_100, POLICE, VOICE, PAPER))
    text, *others = fit(message, WHATSAPP)
    assert (text.text, bool(text.buttons), text.attachments) == ("Mira", True, ())
    assert {(bubble.text, bubble.buttons, bubble.language) for bubble in others} == {
        ("", (), "quy")
    }
    assert [bubble.attachments for bubble in others] == [
        (PIN,),
        (LINE_100, POLICE),
        (VOICE,),
        (PAPER,),
    ]


def test_cards_share_bubbles_and_need_no_text() -> None:
    bubbles = fit(Message("", attachments=(LINE_100,) * 12), WHATSAPP)
    assert [len(bubble.attachments) for bubble in bubbles] == [CARDS, CARDS, 2]
    assert {bubble.text for bubble in bubbles} == {""}


@pytest.mark.parametrize("limits", [TELEGRAM, TERMINAL])
def test_where_they_cannot_be_attached_she_reads_what_they_say(limits: Limits) -> None:
    message = Message("Mira", BUTTONS, attachments=(PIN, POLICE, VOICE))
    (bubble,) = fit(message, limits)
    words = "Mira\n\nCEM Lircay\nJr. Libertad 123\n-12.78000,-74.97000"
    words += "\n\nComisaría: 105 / 067 123 456"
    numbers = "" if bubble.buttons else "\n\n1. Un tema\n2. Menú"
    assert (bubble.text, bubble.attachments) == (words + numbers, ())


def test_a_file_alone_is_nothing_where_files_cannot_be_sent() -> None:
    assert fit(Message("", attachments=(VOICE,)), TELEGRAM) == ()


class Reader(HTMLParser):
    """Reads as a strict platform does: only <b>, closed where it was opened; known entities."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.words = ""
        self.open = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        assert (tag, self.open, attrs) == ("b", 0, [])
        self.open += 1

    def handle_endtag(self, tag: str) -> None:
        assert (tag, self.open) == ("b", 1)
        self.open -= 1

    def handle_data(self, data: str) -> None:
        assert "<" not in data and ">" not in data and "&" not in data
        self.words += data

    def handle_entityref(self, name: str) -> None:
        self.words += {"lt": "<", "gt": ">", "amp": "&"}[name]

    def error(self, *what: str) -> None:
        raise AssertionError("a comment or a declaration")

    def handle_comment(self, data: str) -> None:
        self.error(data)

    def handle_decl(self, decl: str) -> None:
        self.error(decl)

    def handle_pi(self, data: str) -> None:
        self.error(data)

    def handle_charref(self, name: str) -> None:
        self.error(name)


def read(html: str) -> str:
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == 0
    assert html.count("&") == len(re.findall(r"&(?:lt|gt|amp);", html))
    return reader.words


_EDGED = r"(?<![^\W_]){0}(?=[^\s{0}])(.*?[^\s{0}])??{0}(?![^\W_])"


def read_whatsapp(text: str) -> str:
    """The words, as a telephone shows them: what a pair of signs at the edges of words encloses
    on one line is markup. Only bold may be there, and no asterisk may be left over."""
    for sign in ("_", "~", "`"):
        assert not re.search(_EDGED.format(re.escape(sign)), text), sign
    words = re.sub(r"(?<!\w)\*([^\s*](?:[^*\n]*[^\s*])?)\*(?!\w)", r"\1", text)
    assert "*" not in words
    return words


PIECES = st.sampled_from(
    ["**", "*", "_", "a_b ", "https://x.pe/a_b_c ", "~", "`",
     "**Ley 30364** ", "- ", "\n", "\n\n", "1. ", " ", ". ", "<b>", "</b>", "&amp;", "&", "<",
     ">", "Warmi", "ñawi ", FAMILY, FLAG, WAVE, ACCENTED, "https://www.gob.pe/a?b=c&d ", "»", "¿"]
)  # fmt: skip
MARKDOWN = st.lists(PIECES | st.text(max_size=12), max_size=80).map("".join)
MARKUPS = st.sampled_from(["html", "plain", "whatsapp"])
LIMITS = st.builds(Limits, text=st.integers(20, 300), markup=MARKUPS)
LOOK_ALIKE = str.maketrans("∗∼’\uff3f", "*~`_")


def bare(text: str) -> str:
    """What must survive, whatever the markup: everything but the spaces."""
    return re.sub(r"\s+", "", text)


def meant(markdown: str) -> str:
    """The words of the Markdown, worked out another way than fit does."""
    text = re.sub(r"^( *)- ", r"\1• ", markdown.strip(), flags=re.MULTILINE)
    return bare(re.sub(r"\*\*(?=[^\s*])(.+?)(?<=[^\s*])\*\*", r"\1", text))


@settings(deadline=None)
@given(markdown=MARKDOWN, limits=LIMITS)
@example(markdown="**" + "a" * 400 + "**", limits=limited(20))
@example(markdown="&" * 99, limits=limited(20))
def test_nothing_is_lost_nothing_too_long_and_the_html_is_whole(
    markdown: str, limits: Limits
) -> None:
    bubbles = texts(markdown, limits)
    readers: dict[str, Callable[[str], str]] = {"html": read, "whatsapp": read_whatsapp}
    reads = readers.get(limits.markup, str)
    words = [reads(each) for each in bubbles]
    if limits.markup == "whatsapp":
        words = [each.translate(LOOK_ALIKE) for each in words]
        markdown = markdown.translate(LOOK_ALIKE)
    assert "".join(map(bare, words)) == meant(markdown)
    assert all(0 < length(each) <= limits.text for each in bubbles)
    assert all(each == each.strip() for each in words)


@settings(deadline=None)
@given(words=st.lists(st.text("añq!.", min_size=1, max_size=15), max_size=60), limits=LIMITS)
def test_no_word_is_cut_that_fits_by_itself(words: list[str], limits: Limits) -> None:
    bubbles = texts(" ".join(words), limits)
    assert [word for bubble in bubbles for word in bubble.split()] == words


@settings(deadline=None)
@given(markdown=MARKDOWN.filter(lambda text: "*" not in text))
def test_a_short_text_stays_as_it_is_however_often_it_is_fitted(markdown: str) -> None:
    once = texts(markdown, TERMINAL)
    assert [again for each in once for again in texts(each, TERMINAL)] == once


@settings(deadline=None)
@given(markdown=MARKDOWN, markup=st.sampled_from(["html", "plain"]))
def test_a_message_that_just_fits_looks_as_if_it_had_been_cut_into_one(
    markdown: str, markup: Literal["html", "plain"]
) -> None:
    whole = texts(f"{markdown}\n\nx", Limits(markup=markup))[0]
    first, last = texts(
        f"{markdown}\n\nx\n\n{'y' * length(whole)}", Limits(length(whole), markup=markup)
    )
    # Two bold parts side by side are one.
    assert first.replace("</b><b>", "") == whole.replace("</b><b>", "")
    assert last == "y" * length(whole)


LABELS = st.lists(st.tuples(st.sampled_from(["t:x", "menu", "help", "exit", "cat:y"]), st.text()))


@settings(deadline=None)
@given(choices=LABELS.map(tuple), per_row=st.integers(1, 4), label=st.integers(4, 40))
def test_every_choice_is_a_button_once_and_its_label_fits(
    choices: tuple[tuple[str, str], ...], per_row: int, label: int
) -> None:
    limits = Limits(choices=100, per_row=per_row, label=label)
    bubbles = fit(Message("Elige", choices), limits)
    buttons = [button for row in bubbles[-1].buttons for button in row]
    assert sorted(id for id, _ in buttons) == sorted(id for id, _ in choices)
    assert all(length(text) <= label for _, text in buttons)
    assert all(0 < len(row) <= max(per_row, 3) for row in bubbles[-1].buttons)
