"""How a day is written for her: as on every form in Peru."""

from datetime import date


def shown_date(day: date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year}"
