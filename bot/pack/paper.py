"""The booklet as a PDF on A4, for a printer: contents with page numbers, everything dated.

Where a translation is a draft, the Spanish follows in small print: paper has nothing to tap.
The letters are Bitstream Vera, which comes with reportlab and has all that Spanish and Quechua
need. They are put into the file: a printer's own may lack some.
"""

from collections.abc import Container, Iterator, Sequence
from functools import cache
from html import escape
from io import BytesIO
from typing import Any, Final

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle, PropertySet
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    ListFlowable,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)
from reportlab.platypus.tableofcontents import TableOfContents

from bot.pack.blocks import Block, blocks, runs
from bot.pack.booklet import TITLE, Booklet, Card, Chapter, Entry, PackError, Part, Text

# Looks the same, and is in the letters we have.
_INSTEAD: Final = {0x2BC: "’", 0x2B9: "’", 0x2010: "-", 0x2011: "-", 0x202F: " ", 0xA0: " "}
_BLUE, _GREY, _LINE = HexColor("#0b4a6f"), HexColor("#3d444c"), HexColor("#b9c2cc")
_MARGIN: Final = 2 * cm
_INDENT: Final = 0.6 * cm

_BODY = ParagraphStyle("body", fontName="Vera", fontSize=10, leading=14.5, spaceAfter=5)
_SMALL = ParagraphStyle("small", _BODY, fontSize=8, leading=11, spaceAfter=3, textColor=_GREY)
_SPANISH = ParagraphStyle("spanish", _SMALL, leftIndent=_INDENT)
_BOLD = ParagraphStyle("bold", _BODY, fontName="Vera-Bold")
_PART = ParagraphStyle(
    "part", _BOLD, spaceBefore=6, spaceAfter=3, textColor=_BLUE, keepWithNext=True
)
_TOPIC = ParagraphStyle(
    "topic", _BOLD, fontSize=13, leading=17, spaceBefore=20, spaceAfter=5, keepWithNext=True
)
_CHAPTER = ParagraphStyle(
    "chapter", _TOPIC, fontSize=18, leading=23, spaceBefore=26, textColor=_BLUE
)
_CALL = ParagraphStyle("call", _BODY, fontSize=12, leading=16, spaceAfter=2)
_TOP = ParagraphStyle("top", _BOLD, fontSize=14, leading=18, spaceAfter=8)
_LEVELS: Final[list[PropertySet]] = [
    ParagraphStyle("level 0", _BOLD, leading=12, spaceBefore=6, spaceAfter=0),
    ParagraphStyle("level 1", _BODY, fontSize=9, leading=11.5, leftIndent=_INDENT, spaceAfter=0),
]
_CELLS: Final = ("FONTNAME", (0, 0), (-1, -1), "Vera")
_CONTENTS: Final = TableStyle([_CELLS, ("LEFTPADDING", (0, 0), (-1, -1), 0)])
_BOX: Final = TableStyle(
    [
        _CELLS,
        ("BOX", (0, 0), (-1, -1), 1, _BLUE),
        ("LEFTPADDING", (0, 0), (-1, -1), 10),
        ("RIGHTPADDING", (0, 0), (-1, -1), 10),
        ("TOPPADDING", (0, 0), (-1, -1), 6),
    ]
)


def pdf(booklet: Booklet) -> bytes:
    """PackError for a letter that cannot be printed."""
    written = BytesIO()
    _Paper(written, booklet).multiBuild(list(_story(booklet)))
    return written.getvalue()


class _Paper(BaseDocTemplate):
    """Tells the contents where each heading came to stand, and numbers the pages."""

    def __init__(self, file: BytesIO, booklet: Booklet) -> None:
        super().__init__(
            file,
            pagesize=A4,
            title=TITLE,
            author="",
            subject="",
            creator="",
            lang=booklet.language,
            invariant=1,  # no day and no chance number of its own
            initialFontName="Vera",
        )
        numbers = " · ".join(card.menu for card in booklet.help)
        self._foot = _printable(numbers), _printable(booklet.made.text.partition(".")[0])
        width, height = A4
        frame = Frame(_MARGIN, _MARGIN, width - 2 * _MARGIN, height - 2 * _MARGIN, 0, 0, 0, 0)
        self.addPageTemplates(PageTemplate("page", [frame], onPage=self._number))

    def afterFlowable(self, flowable: Flowable) -> None:
        if isinstance(flowable, _Heading):
            id, title, level = flowable.id, flowable.title, flowable.level
            self.canv.bookmarkPage(id)
            self.canv.addOutlineEntry(title, id, level, closed=True)
            self.notify("TOCEntry", (level, escape(title), self.page, id))

    def _number(self, canvas: Canvas, document: Any) -> None:
        width, _ = A4
        numbers, made = self._foot
        canvas.setFont("Vera", 7)
        canvas.setFillColor(_GREY)
        canvas.drawString(_MARGIN, 1.35 * cm, numbers)
        canvas.drawString(_MARGIN, 1 * cm, made)
        canvas.setFont("Vera-Bold", 9)
        canvas.drawRightString(width - _MARGIN, 1.1 * cm, str(document.page))


class _Heading(Paragraph):
    """What the contents lead to."""

    def __init__(self, id: str, title: str, style: ParagraphStyle) -> None:
        self.id = id
        self.title = _printable(title)
        self.level = 0 if style is _CHAPTER else 1
        super().__init__(f'<a name="{id}"/>{_marked(title)}', style)


def _story(booklet: Booklet) -> Iterator[Flowable]:
    yield from _front(booklet)
    yield PageBreak()
    yield Paragraph(_marked(booklet.words["topics"]), _TOP)
    yield TableOfContents(levelStyles=_LEVELS, dotsMinLevel=0, tableStyle=_CONTENTS)
    yield PageBreak()
    for chapter in booklet.chapters:
        yield from _chapter(chapter, booklet)
    yield _Heading("k", booklet.words["who"], _CHAPTER)
    for card in booklet.cards:
        yield from _card(card, booklet)


def _front(booklet: Booklet) -> Iterator[Flowable]:
    """Whom to call before anything else. In letters of middling size: the file list of a telephone
    shows a small picture of this page."""
    words = booklet.words
    yield Paragraph(TITLE, _TOP)
    rows = [[_call(card)] for card in booklet.help]
    near = [[list(_line(booklet.near, _BODY))]]
    box = Table([[Paragraph(_marked(words["help"]), _TOP)], *rows, *near], colWidths=["100%"])
    box.setStyle(_BOX)
    yield box
    yield Spacer(0, 14)
    for text in booklet.about:
        yield from _line(text, _BODY)


def _call(card: Card) -> Sequence[Flowable]:
    purpose = [flowable for line in card.lines[:1] for flowable in _line(line, _BODY)]
    return [Paragraph(_name_and_phones(card), _CALL), *purpose]


def _chapter(chapter: Chapter, booklet: Booklet) -> Iterator[Flowable]:
    yield CondPageBreak(8 * cm)
    yield _Heading(chapter.id, chapter.title.text, _CHAPTER)
    for entry in chapter.entries:
        yield CondPageBreak(5 * cm)
        yield from _entry(entry, booklet)


def _entry(entry: Entry, booklet: Booklet) -> Iterator[Flowable]:
    words = booklet.words
    yield _Heading(entry.id, entry.title.text, _TOPIC)
    if entry.title.spanish:
        yield Paragraph(_marked(entry.title.spanish), _SPANISH)
    for part in entry.parts:
        yield from _part(part)
    if entry.draft:
        yield Paragraph(_marked(words["unreviewed"]), _SMALL)
    yield Paragraph(_marked(words["who"]), _PART)
    for card in entry.contacts:
        yield Paragraph(_name_and_phones(card), _BODY)
    if not entry.contacts:
        yield Paragraph(_marked(words["nobody"]), _BODY)
    yield Paragraph(_marked(words["sources"]), _PART)
    for text in (*entry.sources, entry.reviewed):
        yield from _line(text, _SMALL)
    yield Paragraph(_marked(booklet.until[entry.until]), _SMALL)
    if entry.related:
        titles = (_linked(booklet.entries[id]) for id in entry.related)
        yield Paragraph(f"<b>{_marked(words['related'])}:</b> {'; '.join(titles)}", _SMALL)


def _part(part: Part) -> Iterator[Flowable]:
    if part.heading:
        yield Paragraph(_marked(part.heading), _PART)
    yield from _blocks(part.text.text, _BODY)
    if part.text.spanish:
        yield from _blocks(part.text.spanish, _SPANISH)


def _card(card: Card, booklet: Booklet) -> Iterator[Flowable]:
    yield CondPageBreak(3 * cm)
    yield Paragraph(f'<a name="{card.id}"/>{_marked(card.name)}', _PART)
    for text in card.lines:
        yield from _line(text, _BODY)
    yield Paragraph(_marked(booklet.until[card.until]), _SMALL)


def _line(text: Text, style: ParagraphStyle) -> Iterator[Flowable]:
    yield Paragraph(_marked(text.text), style)
    if text.spanish:
        yield Paragraph(_marked(text.spanish), _SPANISH)


def _blocks(text: str, style: ParagraphStyle) -> Iterator[Flowable]:
    for block in blocks(text):
        if block.kind == "p":
            yield Paragraph(_marked(block.rows[0]), style)
        else:
            yield _list(block, style)


def _list(block: Block, style: ParagraphStyle) -> Flowable:
    is_numbered = block.kind == "ol"
    words = ParagraphStyle(f"{style.name} row", style, leftIndent=0)  # the list has its own
    return ListFlowable(
        [Paragraph(_marked(row), words) for row in block.rows],
        bulletType="1" if is_numbered else "bullet",
        bulletFormat="%s." if is_numbered else None,
        start=1 if is_numbered else "•",
        bulletFontName="Vera",
        bulletFontSize=style.fontSize,
        leftIndent=_INDENT + style.leftIndent,
        bulletDedent=_INDENT,
    )


def _name_and_phones(card: Card) -> str:
    name = f'<a href="#{card.id}">{_marked(card.name)}</a>'
    return f"{name}: <b>{_marked(' / '.join(card.phones))}</b>" if card.phones else name


def _linked(entry: Entry) -> str:
    return f'<a href="#{entry.id}">{_marked(entry.title.text)}</a>'


def _marked(row: str) -> str:
    """In reportlab's markup."""
    words = (
        f"<b>{escape(text)}</b>" if is_bold else escape(text)
        for text, is_bold in runs(_printable(row))
    )
    return "".join(words).replace("\n", "<br/>")


def _printable(text: str) -> str:
    """PackError: a letter that is missing would come out as an empty box and nobody would know."""
    text = text.translate(_INSTEAD)
    missing = next((sign for sign in text if sign != "\n" and ord(sign) not in _letters()), "")
    if missing:
        fault = f'the paper has no letter "{missing}" (U+{ord(missing):04X}), which stands in'
        raise PackError(f'{fault} "{text[:60]}". Write it in another way.')
    return text


@cache
def _letters() -> Container[int]:
    """What both faces can show. They are registered on the way: nothing is laid out before."""
    plain, bold = TTFont("Vera", "Vera.ttf"), TTFont("Vera-Bold", "VeraBd.ttf")
    for font in (plain, bold):
        pdfmetrics.registerFont(font)
        pdfmetrics.registerFontFamily(font.fontName, normal=font.fontName, bold=bold.fontName)
    letters: Container[int] = plain.face.charToGlyph.keys() & bold.face.charToGlyph.keys()
    return letters
