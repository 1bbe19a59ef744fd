"""What every test may use."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-stories", action="store_true", help="write the stories anew from the dialogue"
    )
    parser.addoption(
        "--kills", type=int, default=0, metavar="N", help="how often a killed process is killed"
    )
    parser.addoption(
        "--update-pictures", action="store_true", help="take the pictures of docs/ anew"
    )


@pytest.fixture
def kills(request: pytest.FixtureRequest) -> int:
    """How often to kill what is killed; 0: as often as there is time for in every run."""
    many: int = request.config.getoption("--kills")
    return many
