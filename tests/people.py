"""The cast, the same in tests, docs and stories. Every number and id is made up."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    name: str
    chat_id: int
    language_code: str


ROSA = Person("Rosa", 5100000001, "es")  # Spanish, Telegram
KILLA = Person("Killa", 5100000002, "qu")  # Quechua, shares her phone
SAMI = Person("Sami", 5100000007, "qu")  # Quechua of Cusco
ELENA = Person("Elena", 5100000003, "es")  # organizer
NORA = Person("Nora", 5100000004, "es")  # second organizer, who approves
TANIA = Person("Tania", 5100000005, "es")  # translator
MARTA = Person("Marta", 5100000006, "es")  # an outsider who must see nothing
