"""A list of women who agreed elsewhere: what is taken, what is refused, what never repeated."""

from datetime import date

import pytest

from bot.frontmatter import Unreadable
from bot.store.people import Subscriber
from bot.subscriber_list import number, read

TODAY = date(2027, 1, 15)
HEAD = "channel,address,language,region,consent,consent_date\n"
ROW = "whatsapp,987654321,quy,Ayacucho,firmó en el taller de Huanta,2026-05-03\n"


def listed(text: str | bytes) -> tuple[list[Subscriber], list[str]]:
    data = text.encode() if isinstance(text, str) else text
    found, mistakes = read("list.csv", data, ["es", "quy"], TODAY)
    return found, [str(each) for each in mistakes]


def test_a_row_is_a_woman_with_her_proof() -> None:
    assert listed(HEAD + ROW) == (
        [
            Subscriber(
                2, "whatsapp", "51987654321", "quy", "05", "firmó en el taller de Huanta",
                date(2026, 5, 3),
            )
        ],
        [],
    )  # fmt: skip


def test_columns_in_any_order_and_only_those_needed() -> None:
    text = "consent_date;address;CHANNEL;consent\n03/05/2026;5100000001;Telegram;lo pidió\n\n;;;\n"
    ((woman,), mistakes) = listed(b"\xef\xbb\xbf" + text.encode())
    assert mistakes == []
    assert (woman.channel, woman.address, woman.agreed_on) == (
        "telegram", "5100000001", date(2026, 5, 3),
    )  # fmt: skip
    assert (woman.language, woman.region) == ("", "")


@pytest.mark.parametrize(
    ("written", "known_as"),
    [
        ("987654321", "51987654321"),
        ("987 654 321", "51987654321"),
        ("51987654321", "51987654321"),
        ("+51 987-654-321", "51987654321"),
        ("(+51) 987.654.321", "51987654321"),
        ("0051987654321", "51987654321"),
        ("+34 612 345 678", "34612345678"),
        ("+1 202 555 0123", "12025550123"),
        # which number is it? nobody knows
        ("612345678", ""),
        ("34612345678", ""),
        ("0987654321", ""),
        ("014567890", ""),
        ("+51 1 4567890", ""),
        ("98765432", ""),
        ("9876543210", ""),
        ("5.19877E+10", ""),
        ("51987654321.0", ""),
        ("+0987654321", ""),
        ("987654321 / 912345678", ""),
        ("Rosa", ""),
        ("", ""),
    ],
)
def test_a_number_is_taken_only_if_it_can_be_no_other(written: str, known_as: str) -> None:
    assert number(written) == known_as


@pytest.mark.parametrize("cell", ["'+51987654321", '"=""51987654321"""', "'987654321"])
def test_what_spreadsheets_put_around_a_number_is_taken_off(cell: str) -> None:
    ((woman,), mistakes) = listed(f"{HEAD}whatsapp,{cell},,,firmó,2026-05-03\n")
    assert (woman.address, mistakes) == ("51987654321", [])


def test_every_mistake_is_told_at_once_by_line_and_column() -> None:
    found, mistakes = listed(
        HEAD
        + ROW
        + "fax,1,,,firmó,2026-05-03\n"
        + "telegram,@rosa,xx,Atlantis,,mañana\n"
        + "telegram,-100123,,,firmó,2027-01-16\n"
        + "whatsapp,+51 987 654 321,,,firmó,2026-05-03\n"
        + "whatsapp,987654321\n"
    )
    assert len(found) == 1
    assert [each.split(" ")[:2] for each in mistakes] == [
        ["list.csv:3:", "channel:"],
        ["list.csv:4:", "address:"], ["list.csv:4:", "language:"], ["list.csv:4:", "region:"],
        ["list.csv:4:", "consent:"], ["list.csv:4:", "consent_date:"],
        ["list.csv:5:", "address:"], ["list.csv:5:", "consent_date:"],
        ["list.csv:6:", "address:"],
        ["list.csv:7:", "has"],
    ]  # fmt: skip
    assert "line 2" in mistakes[8]


@pytest.mark.parametrize(
    "text",
    [
        # no first line; shifted columns; two numbers in one cell
        "whatsapp,51999888777,quy,,firmó,2026-05-03\n",
        HEAD + "51999888777,whatsapp,51999888777,51999888777,51999888777,51999888777\n",
        HEAD + "51999888777\n",
        HEAD + "whatsapp,51999888777 o 51999888777,,,,\n",
        HEAD + 'whatsapp,"51999888777\n',
    ],
)
def test_no_mistake_repeats_what_stands_there(text: str) -> None:
    try:
        found, mistakes = listed(text)
    except Unreadable as error:
        found, mistakes = [], [str(error)]
    assert found == [] and mistakes
    assert "51999888777" not in "\n".join(mistakes)


@pytest.mark.parametrize(
    "data", [(HEAD + ROW).encode("utf-16"), (HEAD + ROW).encode("latin-1"), b"PK\x03\x04", b"\0"]
)
def test_what_is_no_table_of_this_alphabet_is_told(data: bytes) -> None:
    with pytest.raises(Unreadable):
        listed(data)


def test_an_empty_file_lacks_its_columns() -> None:
    assert len(listed("")[1]) == 4
