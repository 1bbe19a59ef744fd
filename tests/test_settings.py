"""One environment gives one Settings or all its mistakes, and the docs say what the code does."""

import re
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from bot.settings import SECRETS, VARIABLES, Secret, Settings, SettingsError, read

DOCS = (Path(__file__).parent.parent / "docs" / "settings.md").read_text("utf-8")
DOCUMENTED_DEFAULTS = re.findall(r"^\| `(WILLAQ_\w+)` \| (?:`([^`]*)`|–) \|", DOCS, re.M)
DOCUMENTED_MISTAKES = re.findall(r"^(WILLAQ_\w+)=(.*)\n(WILLAQ_.*)$", DOCS, re.M)
WHATSAPP = {
    "WILLAQ_WHATSAPP_TOKEN": "EAAG-token",
    "WILLAQ_WHATSAPP_PHONE_NUMBER_ID": "1055500100",
    "WILLAQ_WHATSAPP_APP_SECRET": "app-secret",
    "WILLAQ_WHATSAPP_VERIFY_TOKEN": "verify-token",
}


def mistakes(environ: dict[str, str], home: Path) -> list[str]:
    with pytest.raises(SettingsError) as raised:
        read(environ, home)
    return raised.value.mistakes


def test_without_any_setting_it_serves_this_machine_only(tmp_path: Path) -> None:
    settings = read({}, tmp_path)
    assert (settings.http_host, settings.http_port) == ("127.0.0.1", 8080)
    assert settings.public_url is None
    assert settings.telegram_token is None
    assert settings.whatsapp_token is None
    assert settings.two_person
    assert settings.sqlite_file == tmp_path / "data" / "willaq.db"
    assert settings.content_dir == tmp_path / "content"
    assert settings.locales_dir == tmp_path / "locales"


def test_the_data_stays_the_same_from_whichever_folder_it_is_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = read({}, tmp_path)
    monkeypatch.chdir("/")
    assert read({}, tmp_path) == here


def test_a_path_that_is_given_counts_from_where_she_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = read({"WILLAQ_DATA_DIR": "mine", "WILLAQ_KEY_FILE": "keys/one"}, Path("/srv"))
    assert settings.data_dir == tmp_path / "mine"
    assert settings.key_file == tmp_path / "keys" / "one"


@pytest.mark.parametrize("folder", ["data", "a/b/data", "willaq.d"])
def test_the_key_is_found_by_the_data_folder_alone_and_is_not_inside(
    tmp_path: Path, folder: str
) -> None:
    given = {"WILLAQ_DATA_DIR": str(tmp_path / folder)}
    settings = read(given, tmp_path)
    assert settings.key_file == read(given, Path("/elsewhere")).key_file
    assert not settings.key_file.is_relative_to(settings.data_dir)


def test_a_key_inside_the_data_folder_is_a_mistake_even_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "data")
    for key in ("data/key", "data/deep/key", "link/key"):
        [mistake] = mistakes({"WILLAQ_KEY_FILE": str(tmp_path / key)}, tmp_path)
        assert mistake.startswith("WILLAQ_KEY_FILE: ")
        assert "inside the data folder" in mistake


def test_a_data_folder_that_is_a_file_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    [mistake] = mistakes({"WILLAQ_DATA_DIR": str(tmp_path / "data")}, tmp_path)
    assert mistake == f"WILLAQ_DATA_DIR: {tmp_path}/data is a file. " + (
        "Give a folder; it is made when missing."
    )


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("sqlite:///other.db", "data/other.db"),
        ("sqlite:////srv/willaq.db", "/srv/willaq.db"),
        ("postgresql://willaq:a-password@db/willaq", None),
    ],
)
def test_the_database_is_a_file_in_the_data_folder_or_anywhere_or_a_server(
    tmp_path: Path, url: str, file: str | None
) -> None:
    settings = read({"WILLAQ_DATABASE_URL": url}, tmp_path)
    assert settings.sqlite_file == (None if file is None else tmp_path / file)


@pytest.mark.parametrize(
    "url", ["sqlite://", "sqlite:///", "sqlite:///:memory:", "postgresql://host", "willaq.db"]
)
def test_a_database_address_without_a_database_is_a_mistake(tmp_path: Path, url: str) -> None:
    [mistake] = mistakes({"WILLAQ_DATABASE_URL": url}, tmp_path)
    assert mistake.startswith("WILLAQ_DATABASE_URL: this is no database address")


def test_every_mistake_is_reported_at_once(tmp_path: Path) -> None:
    wrong = {
        "WILLAQ_HTTP_PORT": "70000",
        "WILLAQ_DRAFTS": "no",
        "WILLAQ_TELEGRAM_RATE": "nan",
        "WILLAQ_TELEGRAM_TOKEN": "hello",
    }
    with pytest.raises(SettingsError) as raised:
        read(wrong, tmp_path)
    assert {each.split(":")[0] for each in raised.value.mistakes} == set(wrong)
    assert str(raised.value).splitlines() == raised.value.mistakes


def test_an_empty_value_counts_as_not_given(tmp_path: Path) -> None:
    assert read(dict.fromkeys(VARIABLES, " "), tmp_path) == read({}, tmp_path)


def test_what_is_not_ours_in_the_environment_is_left_alone(tmp_path: Path) -> None:
    assert read({"PATH": "/bin", "HTTP_PORT": "x"}, tmp_path) == read({}, tmp_path)


@pytest.mark.parametrize("rate", ["0", "-1", "inf", "nan", "thirty"])
def test_a_rate_is_a_number_above_nothing(tmp_path: Path, rate: str) -> None:
    [mistake] = mistakes({"WILLAQ_WHATSAPP_RATE": rate}, tmp_path)
    assert f'"{rate}" is no rate' in mistake


@pytest.mark.parametrize(
    ("word", "meaning"), [("on", True), ("YES", True), ("1", True), ("off", False), ("0", False)]
)
def test_two_people_can_be_switched_off_in_the_usual_words(
    tmp_path: Path, word: str, meaning: bool
) -> None:
    assert read({"WILLAQ_TWO_PERSON": word}, tmp_path).two_person is meaning


@pytest.mark.parametrize(
    "url", ["http://localhost:8080", "http://127.0.0.1", "http://[::1]:80", "https://a.pe/w"]
)
def test_a_public_address_is_https_or_this_machine(tmp_path: Path, url: str) -> None:
    assert read({"WILLAQ_PUBLIC_URL": f"{url}/"}, tmp_path).public_url == url


@pytest.mark.parametrize(
    "url", ["http://10.0.0.1", "http://localhost.example.org", "ftp://a.pe", "https://", "a.pe"]
)
def test_any_other_public_address_is_a_mistake(tmp_path: Path, url: str) -> None:
    [mistake] = mistakes({"WILLAQ_PUBLIC_URL": url}, tmp_path)
    assert mistake.startswith("WILLAQ_PUBLIC_URL: ")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "::1", "willaq.local"])
def test_it_can_answer_on_an_address_or_a_name(tmp_path: Path, host: str) -> None:
    assert read({"WILLAQ_HTTP_HOST": host}, tmp_path).http_host == host


@pytest.mark.parametrize("host", ["localhost:8080", "999.1.1.1", "a b", "-x"])
def test_any_other_host_is_a_mistake(tmp_path: Path, host: str) -> None:
    [mistake] = mistakes({"WILLAQ_HTTP_HOST": host}, tmp_path)
    assert mistake.startswith(f'WILLAQ_HTTP_HOST: "{host}"')


def test_whatsapp_needs_all_four_and_the_missing_are_named(tmp_path: Path) -> None:
    assert read(WHATSAPP, tmp_path).whatsapp_phone_number_id == "1055500100"
    for name in WHATSAPP:
        rest = {key: value for key, value in WHATSAPP.items() if key != name}
        [mistake] = mistakes(rest, tmp_path)
        assert mistake.startswith(f"{name}: missing. ")


def test_a_secret_can_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("42:abc-DEF_1\n")
    settings = read({"WILLAQ_TELEGRAM_TOKEN_FILE": str(tmp_path / "token")}, tmp_path)
    assert settings.telegram_token == Secret("42:abc-DEF_1")


def test_a_secret_given_twice_or_by_an_empty_or_odd_file_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    (tmp_path / "odd").write_bytes(b"\xff\xfe")
    file = "WILLAQ_TELEGRAM_TOKEN_FILE"
    for name, reason in (("empty", "is empty"), ("odd", "not text"), (".", "cannot be read")):
        [mistake] = mistakes({file: str(tmp_path / name)}, tmp_path)
        assert mistake.startswith(f"{file}: ")
        assert reason in mistake
    twice = {file: str(tmp_path / "empty"), "WILLAQ_TELEGRAM_TOKEN": "42:abc"}
    assert "given twice" in mistakes(twice, tmp_path)[0]


def test_what_is_no_secret_cannot_come_from_a_file(tmp_path: Path) -> None:
    [mistake] = mistakes({"WILLAQ_HTTP_PORT_FILE": "/srv/port"}, tmp_path)
    assert "there is no such setting. Did you mean WILLAQ_HTTP_PORT?" in mistake


def test_no_secret_shows_however_the_settings_are_printed(tmp_path: Path) -> None:
    canary = "canary"
    given = {**WHATSAPP, "WILLAQ_TELEGRAM_WEBHOOK_SECRET": canary}
    given["WILLAQ_TELEGRAM_TOKEN"] = f"42:{canary}"
    given["WILLAQ_DATABASE_URL"] = f"postgresql://willaq:{canary}@db/willaq"
    for name in ("TOKEN", "APP_SECRET", "VERIFY_TOKEN"):
        given[f"WILLAQ_WHATSAPP_{name}"] = canary
    settings = read(given, tmp_path)
    token = settings.telegram_token
    for shown in (repr(settings), str(settings), f"{token}", f"{token:>9}" if token else "", token):
        assert canary not in str(shown)
    assert len(settings.secrets) == len(SECRETS)
    assert all(canary in secret.reveal() for secret in settings.secrets)


@pytest.mark.parametrize("name", SECRETS)
def test_no_mistake_repeats_a_secret(tmp_path: Path, name: str) -> None:
    for mistake in mistakes({name: "can ary\tcanary!"}, tmp_path):
        assert "ary" not in mistake


def test_settings_do_not_change_once_read(tmp_path: Path) -> None:
    settings = read({}, tmp_path)
    with pytest.raises(FrozenInstanceError):
        settings.http_port = 1  # type: ignore[misc]


def test_the_docs_have_every_setting_once_and_no_other() -> None:
    assert sorted(name for name, _ in DOCUMENTED_DEFAULTS) == sorted(VARIABLES)
    known = {*VARIABLES, *(f"{name}_FILE" for name in SECRETS)}
    typos = {"WILLAQ_TELEGRAM_TOKN", "WILLAQ_COLOUR"}
    assert set(re.findall(r"WILLAQ_[A-Z_]+", DOCS)) == known | typos


@pytest.mark.parametrize(("name", "default"), DOCUMENTED_DEFAULTS)
def test_a_documented_default_is_what_not_giving_it_means(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, default: str
) -> None:
    monkeypatch.chdir(tmp_path)
    field = name.removeprefix("WILLAQ_").lower()
    if default:
        assert read({name: default}, tmp_path) == read({}, tmp_path)
    else:
        assert getattr(read({}, tmp_path), field) is None


@pytest.mark.parametrize(("name", "value", "line"), DOCUMENTED_MISTAKES)
def test_a_documented_mistake_reads_as_it_does(
    tmp_path: Path, name: str, value: str, line: str
) -> None:
    assert line in mistakes({name: value}, tmp_path)


def test_every_setting_has_its_mistake_in_the_docs() -> None:
    assert {name for name, _, _ in DOCUMENTED_MISTAKES} >= set(VARIABLES)


def test_the_fields_are_the_documented_ones() -> None:
    fields = {name.removeprefix("WILLAQ_").lower() for name, _ in DOCUMENTED_DEFAULTS}
    assert fields | {"home"} == set(Settings.__dataclass_fields__)
