"""Give a page of content/ another name, and take with it what is known by that name.

That is: what other pages say of it, its translations in every language, its recordings. All new
files are made before the first is written, and each is written whole, the old page going last: who
is stopped midway gives the same command again.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from bot import content, po, po_update, translations
from bot.coverage import ANY_DAY
from bot.fields import LONGEST_SLUG, SLUG
from bot.frontmatter import Fields, Unreadable, read_folder, read_page

# Folder of a page -> where others name it: (folders of those, their fields).
_NAMED_IN = {
    "topic": ((("rights", "schools"), ("related",)), (("editions",), ("school",))),
    "contact": ((("rights", "schools"), ("contacts",)), (("editions",), ("contact",))),
    "edition": (),
    "harmless": (),
}
_KINDS = {
    "rights": "topic", "schools": "topic", "services": "contact", "partners": "contact",
    "editions": "edition", "harmless": "harmless",
}  # fmt: skip


class Refused(Exception):
    """Nothing was changed; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Renaming:
    """`written`: file -> what it will say; `moved`: file -> its new place."""

    old: str  # paths inside content/
    new: str
    written: Mapping[Path, bytes]
    moved: Mapping[Path, Path]


def plan(content_dir: Path, locales_dir: Path, program: Path, old: str, new: str) -> Renaming:
    """`old` and `new` are slugs, `old` with its folder where two have it. Raises Refused."""
    files = content.read(content_dir)
    path = _page(files, old)
    kind = _KINDS[path.partition("/")[0]]
    slug, target = PurePosixPath(path).stem, f"{PurePosixPath(path).parent}/{new}.md"
    _refuse_name(files, path, target, kind, new)
    _refuse_if_program_names(program, slug)
    written = {content_dir / target: files[path] or b""}
    for other, data in files.items():
        changed = _pointing(other, data, kind, slug, new)
        if changed != data:
            written[content_dir / (target if other == path else other)] = changed or b""
    written |= dict(_translated(locales_dir, path, target))
    written |= dict(_listed(locales_dir, slug, new))
    moved = {each: each.with_name(f"{new}.ogg") for each in locales_dir.glob(f"*/audio/{slug}.ogg")}
    if taken := [each for each in moved.values() if each.exists()]:
        raise Refused(f"{taken[0]} exists already. Delete it, or choose another name.")
    renaming = Renaming(path, target, written, moved)
    _refuse_new_mistakes(content_dir, files, renaming)
    return renaming


def carry_out(renaming: Renaming, content_dir: Path) -> None:
    """Raises OSError."""
    for path, data in renaming.written.items():
        po_update.write(path, data)
    for path, target in renaming.moved.items():
        path.replace(target)
    (content_dir / renaming.old).unlink(missing_ok=True)


def _page(files: Mapping[str, bytes | None], old: str) -> str:
    wanted = old.removesuffix(".md")
    found = [
        path
        for path in files
        if path.endswith(".md") and wanted in (PurePosixPath(path).stem, path.removesuffix(".md"))
    ]
    if not found:
        raise Refused(f'There is no page "{old}" in content/.')
    if len(found) > 1:
        raise Refused(f'"{old}" can be {" or ".join(found)}. Give it with its folder.')
    if found[0].partition("/")[0] not in _KINDS:
        raise Refused(f"{found[0]} is named after what it holds, and stays.")
    return found[0]


def _refuse_name(
    files: Mapping[str, bytes | None], path: str, target: str, kind: str, new: str
) -> None:
    if not SLUG.fullmatch(new) or len(new) > LONGEST_SLUG:
        raise Refused(f'"{new}": few small letters, digits and hyphens, such as linea-100.')
    for other in files:
        folder, _, name = other.rpartition("/")
        if _KINDS.get(folder) == kind and name == f"{new}.md":
            if other == target and other != path and files[other] == files[path]:
                continue  # the same command was stopped midway
            raise Refused(f'"{new}" exists already: {other}. Choose another name.')


def _refuse_if_program_names(program: Path, slug: str) -> None:
    for file in sorted(program.rglob("*.py")):
        for line, text in enumerate(file.read_text("utf-8").split("\n"), 1):
            if f'"{slug}"' in text:
                where = f"{file.relative_to(program.parent).as_posix()}:{line}"
                raise Refused(f'The program itself says "{slug}" ({where}), so it keeps its name.')


def _pointing(path: str, data: bytes | None, kind: str, slug: str, new: str) -> bytes | None:
    """The page with the new name where its fields say the old one."""
    folder = path.partition("/")[0]
    names = [name for folders, fields in _NAMED_IN[kind] if folder in folders for name in fields]
    if not names or data is None or not path.endswith(".md"):
        return data
    try:
        fields = read_page(path, data).fields
    except Unreadable:
        return data  # nobody can say what it names; `willaq check` lists it
    lines = data.split(b"\n")
    for start, end in _spans(fields, names):
        for at in range(start - 1, end - 1):
            lines[at] = re.sub(
                rb"([\"'])" + slug.encode() + rb"\1", rb"\g<1>" + new.encode() + rb"\1", lines[at]
            )
    return b"\n".join(lines)


def _spans(fields: Fields, names: list[str]) -> Iterator[tuple[int, int]]:
    """(first line, line after the last) of these fields, counted from 1."""
    starts = sorted({*fields.lines.values(), fields.first_line + len(fields.source)})
    for name in names:
        if name in fields.values:
            start = fields.line((name,))
            yield start, next(each for each in starts if each > start)


def _translated(locales_dir: Path, old: str, new: str) -> Iterator[tuple[Path, bytes]]:
    """Also what is obsolete now: it belongs to the page all the same."""
    for path, data in translations.read(locales_dir).items():
        if not path.endswith("/content.po") or data is None:
            continue
        whole = f"{locales_dir.name}/{path}"
        try:
            before = po.read(whole, data)
            changed = re.sub(
                rf'^((?:#~ )?msgctxt "|#: (?:\S+ )*?content/){re.escape(old)}(?=[#\s])',
                lambda found: f"{found[1]}{new}",
                data.decode(),
                flags=re.MULTILINE,
            ).encode()
            after = po.read(whole, changed)
        except (Unreadable, UnicodeDecodeError) as error:
            raise Refused(f"{error} Mend it first.") from None
        if [each.key.replace(f"{old}#", f"{new}#") for each in before.entries] != [
            each.key for each in after.entries
        ]:
            raise Refused(f"{whole}: a msgctxt of {old} is broken over lines. Save it unwrapped.")
        if changed != data:
            yield locales_dir / path, changed


def _listed(locales_dir: Path, old: str, new: str) -> Iterator[tuple[Path, bytes]]:
    """The lists of recordings: one table a topic, named after it."""
    for path, data in read_folder(locales_dir, "*/audio/index.toml").items():
        table = rb'^(\s*\[\s*["\']?)' + re.escape(old.encode()) + rb'(["\']?\s*\])'
        renamed = rb"\g<1>" + new.encode() + rb"\g<2>"
        changed = re.sub(table, renamed, data or b"", flags=re.MULTILINE)
        changed = changed.replace(f'"{old}.ogg"'.encode(), f'"{new}.ogg"'.encode())
        if data is not None and changed != data:
            yield locales_dir / path, changed


def _refuse_new_mistakes(
    content_dir: Path, files: Mapping[str, bytes | None], renaming: Renaming
) -> None:
    ours = {
        path.relative_to(content_dir).as_posix(): data
        for path, data in renaming.written.items()
        if path.is_relative_to(content_dir)
    }
    after = {path: data for path, data in files.items() if path != renaming.old} | ours
    known = {
        str(each).replace(renaming.old, renaming.new)
        for each in content.build(files, ANY_DAY, content_dir.name).mistakes
    }
    for each in content.build(after, ANY_DAY, content_dir.name).mistakes:
        if str(each) not in known:
            raise Refused(f"It would be wrong afterwards: {each}")
