"""What every test may use."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-stories", action="store_true", help="write the stories anew from the dialogue"
    )
