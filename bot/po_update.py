"""Write .po and .pot files, and merge the one into the other.

Rule 1: no file is ever half written, and none changes when nothing changed: no dates, no line
numbers, no wrapping.
Rule 2: an entry belongs to its msgctxt. When the Spanish changes, the old translation stays with
its comments, marked fuzzy, the old Spanish above it; when a text comes back, so does it.
Rule 3: a Spanish text whose spelling was mended, and nothing else, keeps its translations as they
are, if who updates says so.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from io import BytesIO
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import escape, unescape, write_po
from babel.plural import to_gettext

from bot import languages, po
from bot.frontmatter import Mistake, Unreadable
from bot.languages import Spoken
from bot.putting import put

_NO_WRAP = 10**9  # told not to wrap at all, Babel still wraps comments
# How CLDR counts "1 million". gettext has no letter but n, and no number we say is written so.
_EXPONENT = re.compile(r"\b[ce]\b")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_HEADER = {
    "Project-Id-Version": "Willaq",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
}
Same = Callable[[str, str], bool]  # does the old Spanish say what the new one says?


def update(
    path: Path, template: Catalog, language: Spoken, same: Same = lambda old, new: False
) -> None:
    """Merge the .pot into this .po file, or make it. Raises Unreadable, and leaves it alone."""
    header, old, data = "", Catalog(), None
    if path.exists():
        whole, data = "/".join(path.parts[-4:]), path.read_bytes()
        text = po.whole_text(whole, data)
        header, _ = po.split(text)
        old = po.parse(whole, text)
    previous = _renew(old, template, same)
    # Its own matching looks at the texts alone, and would take over those of other entries.
    old.update(template, no_fuzzy_matching=True)
    for message in old:
        if message.context in previous and message.fuzzy:
            message.previous_id = [previous[message.context]]
    comments, fields = po.header_fields(header)
    entries = [each for each in old if each.id]
    write(path, written(entries, comments, _header(fields, language), old), data)


def written(
    messages: Iterable[Message],
    comments: Sequence[str],
    header: Mapping[str, str] = _HEADER,
    obsolete: Catalog | None = None,
) -> str:
    """The text of a file. The header is ours: Babel would put the date and forget the plurals."""
    catalog = Catalog(charset="utf-8", fuzzy=False)
    for message in messages:
        # "60 % de" is a percentage. Babel takes it for a place to fill in, and gettext's tools then
        # refuse every translation that puts another word behind it.
        message.flags.discard("python-format")
        catalog[message.id] = message
    catalog.obsolete.update(obsolete.obsolete if obsolete else {})
    body = BytesIO()
    write_po(
        body, catalog, width=_NO_WRAP, omit_header=True, include_lineno=False, include_previous=True
    )
    fields = [escape(f"{name}: {value}\n") for name, value in header.items()]
    head = "\n".join([*comments, 'msgid ""', 'msgstr ""', *fields])
    return f"{head}\n\n{body.getvalue().decode()}"


def write(path: Path, text: str | bytes, was: bytes | None = None) -> None:
    """All of it or nothing; not at all when it is there already. `was`: what the file said when it
    was read. Raises Unreadable if it says something else by now, and leaves it alone."""
    data = text.encode() if isinstance(text, str) else text
    now = path.read_bytes() if path.exists() else None
    if was is not None and now != was:
        fault = "alguien lo guardó mientras tanto. Repite la orden."
        raise Unreadable(Mistake("/".join(path.parts[-4:]), 1, fault))
    if now != data:
        put(path, data)


def _renew(old: Catalog, template: Catalog, same: Same) -> dict[str, str]:
    """Give what is translated already the msgid of today. Returns what it is translated from."""
    wanted = {
        each.context: each.id for each in template if each.context and isinstance(each.id, str)
    }
    living = {message.context for message in old if message.id}
    for key, message in list(old.obsolete.items()):
        if message.context in wanted and message.context not in living:
            del old.obsolete[key]
            old[message.id] = message
    previous = {}
    for message in list(old):
        if not message.context or not isinstance(message.id, str):
            continue
        translated_from = _taken_previous(message) if message.fuzzy else ""
        # Fuzzy with no text before it: the translator herself is not sure of it.
        unsure = message.fuzzy and not translated_from
        now = wanted.get(message.context, message.id)
        if now != message.id:
            old.delete(message.id, message.context)
            translated_from = translated_from or message.id
            message.id = now
            if message.string:
                message.flags.add("fuzzy")
            old[now] = message
        if translated_from and not unsure and same(translated_from, now):
            message.flags.discard("fuzzy")
        elif translated_from:
            previous[message.context] = translated_from
    return previous


def _taken_previous(message: Message) -> str:
    """What "#| msgid" lines say; Babel reads them as comments, and would write them as such."""
    lines = [each[1:].strip() for each in message.user_comments if each.startswith("|")]
    message.user_comments = [each for each in message.user_comments if not each.startswith("|")]
    _, found, text = "\n".join(lines).partition("msgid ")
    return "".join(unescape(each) for each in _QUOTED.findall(text)) if found else ""


def plural_forms(language: Spoken, root: str = "locales") -> str:
    """By CLDR, which knows no "quy". Raises Unreadable when it does not know `cldr` either."""
    try:
        rule = to_gettext(Locale.parse(language.cldr).plural_form)
    except (UnknownLocaleError, ValueError):
        fault = f'"{language.cldr}" is not known. For all of Quechua it is "qu".'
        path = f"{root}/{languages.NAME}"
        raise Unreadable(Mistake(path, language.line, fault)) from None
    return _EXPONENT.sub("0", rule)


def _header(fields: Mapping[str, str], language: Spoken) -> dict[str, str]:
    """What the file has, then what it lacks. A wrong number of plurals is put right: Babel's own
    tools give every language they do not know two."""
    plurals = plural_forms(language)
    given = fields.get("Plural-Forms", "")
    right = given if _count(given) == _count(plurals) else plurals
    lacking = {"Language": language.tag, **_HEADER}
    kept = {**fields, "Plural-Forms": right}
    return {**kept, **{name: lacking[name] for name in lacking if not fields.get(name)}}


def _count(plurals: str) -> str:
    return plurals.partition(";")[0].replace(" ", "")
