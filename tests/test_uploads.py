"""What an organizer attaches: told by what is in it, kept whole, called what she may see."""

from pathlib import Path

import pytest

from bot.dialogue.attachments import File
from bot.uploads import LARGEST_MB, NotKept, keep

JPEG = b"\xff\xd8\xff\xe0" + bytes(100)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)
OPUS = b"OggS" + bytes(24) + b"OpusHead" + bytes(100)
VORBIS = b"OggS" + bytes(24) + b"\x01vorbis" + bytes(100)
PDF = b"%PDF-1.7" + bytes(100)


@pytest.mark.parametrize(
    ("data", "kind", "ending"),
    [(JPEG, "image", ".jpg"), (PNG, "image", ".png"), (OPUS, "audio", ".ogg"),
     (PDF, "document", ".pdf")],
)  # fmt: skip
def test_a_file_is_kept_by_what_is_in_it(
    tmp_path: Path, data: bytes, kind: str, ending: str
) -> None:
    folder = tmp_path / "announcements"
    file = keep(folder, data, "Taller de mayo.exe")
    assert (file.kind, file.name) == (kind, f"Taller de mayo{ending}")
    assert file.path.startswith("announcements/")
    assert file.path.endswith(ending)
    assert (tmp_path / file.path).read_bytes() == data
    assert keep(folder, data, "otro").path == file.path
    assert [each.stat().st_mode & 0o777 for each in folder.iterdir()] == [0o600]


@pytest.mark.parametrize("data", [b"", b"MZ" + bytes(99), VORBIS, b"<html>", b"GIF89a", b"PK\3\4"])
def test_what_no_platform_shows_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(NotKept) as refused:
        keep(tmp_path, data, "foto.jpg")
    assert refused.value.why == "attachment-kind"
    assert list(tmp_path.iterdir()) == []


def test_what_is_too_large_is_refused_with_how_large_it_may_be(tmp_path: Path) -> None:
    with pytest.raises(NotKept) as refused:
        keep(tmp_path, JPEG + bytes(LARGEST_MB["image"] * 1_000_000), "foto.jpg")
    assert (refused.value.why, refused.value.most) == ("attachment-size", 5)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\Elena\\afiche final.pdf", "afiche final.pdf"),
        ("", "aviso.pdf"),
        ("...", "aviso.pdf"),
        ("a\r\nX: b\u202egpj.pdf", "aX bgpj.pdf"),
        ("x" * 300 + ".pdf", "x" * 60 + ".pdf"),
    ],
)
def test_its_name_leads_nowhere(tmp_path: Path, name: str, shown: str) -> None:
    file = keep(tmp_path, PDF, name)
    assert file == File(file.path, shown, "document")
    assert file.path.count("/") == 1


def test_when_it_cannot_be_kept_nothing_is_left_of_it(tmp_path: Path) -> None:
    (tmp_path / "announcements").write_bytes(b"no folder")
    with pytest.raises(OSError, match="announcements"):
        keep(tmp_path / "announcements", PDF, "a")
    assert [each.name for each in tmp_path.iterdir()] == ["announcements"]
