"""Begin another language: its lines in languages.toml and its empty files. No code knows it."""

from collections.abc import Sequence
from json import dumps
from pathlib import Path

from bot import extract, languages, po_update, translations
from bot.frontmatter import Mistake, Unreadable
from bot.languages import NAME, SPANISH, Spoken


class Refused(Exception):
    """Nothing was changed; the text says why and what to do."""


def add(
    locales_dir: Path, tag: str, name: str, fallback: Sequence[str], cldr: str = ""
) -> tuple[Mistake, ...]:
    """`cldr` names it for libraries; without, they are told its own tag, or else that of what it
    falls back to. What the file says already stays as it is, comments too. The mistakes are of
    files of other languages. Raises Refused."""
    files = translations.read(locales_dir)
    spoken, faults = languages.read(files, locales_dir.name)
    if faults:
        raise Refused("\n".join(map(str, faults)))
    if any(each.tag == tag for each in spoken):
        raise Refused(f'"{tag}" is in {locales_dir.name}/{NAME} already.')
    known = {each.tag: each.cldr for each in spoken}
    cldr = cldr or (tag if _is_known(tag) else known.get(fallback[0], SPANISH))
    if not _is_known(cldr):
        raise Refused(f'--cldr: "{cldr}" is not known. For all of Quechua it is "qu".')
    block = (
        f"\n[[language]]\ntag = {_quoted(tag)}\nname = {_quoted(name)}\n"
        f"fallback = [{', '.join(map(_quoted, fallback))}]\ncldr = {_quoted(cldr)}\n"
    )
    before = files[NAME] or b""
    text = before.rstrip(b"\n") + b"\n" + block.encode()
    _, faults = languages.read({**files, NAME: text}, locales_dir.name)
    if faults:
        raise Refused("\n".join(map(str, faults)))
    (locales_dir / tag / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
    po_update.write(locales_dir / NAME, text)
    return extract.update(locales_dir)


def _is_known(cldr: str) -> bool:
    try:
        return bool(po_update.plural_forms(Spoken("", "", cldr=cldr)))
    except Unreadable:
        return False


def _quoted(text: str) -> str:
    return dumps(text, ensure_ascii=False)
