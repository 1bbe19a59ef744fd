"""Read locales/languages.toml: the languages Willaq may speak, each in its own name."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot import fields as forms
from bot.fields import BUTTON, Form, Tables, Text, Texts
from bot.frontmatter import Fields, Mistake, Unreadable, read_fields

NAME = "languages.toml"
SPANISH = "es"


@dataclass(frozen=True, slots=True)
class Spoken:
    """`fallback`: what is tried, in this order, where a translation is missing; Spanish is last.

    `cldr` names the language for libraries that do not know its tag: they know only "qu" for all
    of Quechua. `only` "console": staff can choose it, women are never offered it.
    """

    tag: str
    name: str
    fallback: tuple[str, ...] = ()
    cldr: str = SPANISH
    line: int = 1  # of languages.toml
    only: str = ""


_TAG = Text(form=r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?", example="quy")
_FORM: Form = {
    "language": Tables(
        {
            "tag": _TAG,
            "name": Text(most=BUTTON),
            "fallback": Texts(_TAG),
            "cldr": _TAG,
            "only": Text(one_of=("console",), needed=False),
        },
        "there is no language. Add a [[language]].",
    )
}
_ONLY_SPANISH = (Spoken(SPANISH, "Español"),)


def read(
    files: Mapping[str, bytes | None], root: str
) -> tuple[tuple[Spoken, ...], tuple[Mistake, ...]]:
    """Spanish first. With a mistake in the file there is only Spanish."""
    path = f"{root}/{NAME}"
    if NAME not in files:
        fault = "is missing. It holds the languages, as docs/translate.md says."
        return _ONLY_SPANISH, (Mistake(path, 1, fault),)
    try:
        fields = read_fields(path, files[NAME])
    except Unreadable as error:
        return _ONLY_SPANISH, (error.mistake,)
    faults = [(fields.line(at), text) for at, text in forms.faults(_FORM, fields.values)]
    faults = faults or _crossed(fields)
    if faults:
        return _ONLY_SPANISH, tuple(Mistake(path, line, text) for line, text in faults)
    spoken = [
        Spoken(
            each["tag"],
            each["name"],
            tuple(each["fallback"]),
            each["cldr"],
            fields.line(("language", number, "cldr")),
            each.get("only", ""),
        )
        for number, each in enumerate(fields.values["language"])
    ]
    return tuple(sorted(spoken, key=lambda each: each.tag != SPANISH)), ()


def _crossed(fields: Fields) -> list[tuple[int, str]]:
    languages = fields.values["language"]
    tags = [each["tag"] for each in languages]
    faults = []
    if SPANISH not in tags:
        faults.append((1, f'there is no language "{SPANISH}". It is what all others fall back to.'))
    for number, each in enumerate(languages):
        if each["tag"] in tags[:number]:
            line = fields.line(("language", number, "tag"))
            faults.append((line, f'"{each["tag"]}" stands here twice. Delete one.'))
        for at, tag in enumerate(each["fallback"]):
            if tag not in tags or tag == each["tag"]:
                line = fields.line(("language", number, "fallback", at))
                faults.append((line, f'"{tag}" is no other language of this file.'))
    return faults
