"""The 25 regions of Peru, by the code of the statistics office, and which one she means."""

from collections.abc import Iterator
from functools import lru_cache

from bot.dialogue.words import fold, sound

REGIONS = {
    "01": "Amazonas", "02": "Áncash", "03": "Apurímac", "04": "Arequipa", "05": "Ayacucho",
    "06": "Cajamarca", "07": "Callao", "08": "Cusco", "09": "Huancavelica", "10": "Huánuco",
    "11": "Ica", "12": "Junín", "13": "La Libertad", "14": "Lambayeque", "15": "Lima",
    "16": "Loreto", "17": "Madre de Dios", "18": "Moquegua", "19": "Pasco", "20": "Piura",
    "21": "Puno", "22": "San Martín", "23": "Tacna", "24": "Tumbes", "25": "Ucayali",
}  # fmt: skip
CODES = {name: code for code, name in REGIONS.items()}
# By another name, or as Quechua spells it.
_ALSO = {
    "qusqu": "08", "wankawillka": "09", "wanuku": "10", "hunin": "12", "ayakuchu": "05",
    "apurimaq": "03", "punu": "21", "anqash": "02", "kashamarka": "06", "qasamarka": "06",
    "pasqu": "19", "ariqipa": "04", "mukiwa": "18", "takna": "23", "piwra": "20",
    "cerro de pasco": "19",
}  # fmt: skip
# What Quechua puts at the end of a place: in, from, of, it is (said), too, plainly.
_ENDINGS = ("", "pi", "manta", "mantam", "mantan", "pim", "pin", "pa", "m", "mi", "lla", "pas")
_LONGEST = 3  # words of a name


def meant(text: str) -> str | None:
    """The code of the one region named in her words; None when there is none, or several."""
    found = set(_named(sound(fold(text)).split()))
    return found.pop() if len(found) == 1 else None


def _named(words: list[str]) -> Iterator[str]:
    for at in range(len(words)):
        for length in range(1, _LONGEST + 1):
            code = _spoken().get(" ".join(words[at : at + length]))
            if code:
                yield code


@lru_cache(maxsize=1)
def _spoken() -> dict[str, str]:
    names = [*CODES.items(), *_ALSO.items()]
    return {
        sound(fold(name + ending)): code for name, code in reversed(names) for ending in _ENDINGS
    }
