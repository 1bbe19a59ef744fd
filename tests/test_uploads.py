"""What an organizer attaches: told by what is in it, kept whole, called what she may see."""

import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import ExifTags, Image, PngImagePlugin

from bot.dialogue.attachments import File
from bot.pictures import LONGEST_SIDE
from bot.uploads import LARGEST_MB, NotKept, keep
from tests.pictures import BLUE, JPEG, PNG, RED, WEBP, photo

OPUS = b"OggS" + bytes(24) + b"OpusHead" + bytes(100)
VORBIS = b"OggS" + bytes(24) + b"\x01vorbis" + bytes(100)
PDF = b"%PDF-1.7" + bytes(100)


@pytest.mark.parametrize(
    ("data", "kind", "ending"),
    [(OPUS, "audio", ".ogg"), (PDF, "document", ".pdf")],
)
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


@pytest.mark.parametrize(
    ("data", "ending"), [(JPEG, ".jpg"), (PNG, ".png"), (WEBP, ".jpg")], ids=["JPEG", "PNG", "WebP"]
)
def test_of_a_photo_only_what_can_be_seen_is_kept(tmp_path: Path, data: bytes, ending: str) -> None:
    with Image.open(BytesIO(data)) as given:
        assert given.getexif().get_ifd(ExifTags.IFD.GPSInfo), "the test has a place to hide"
    file = keep(tmp_path / "announcements", data, "foto.JPEG")
    assert (file.kind, file.name) == ("image", f"foto{ending}")
    assert keep(tmp_path / "announcements", data, "otra").path == file.path
    kept = (tmp_path / file.path).read_bytes()
    assert b"Elena" not in kept
    with Image.open(BytesIO(kept)) as picture:
        assert not picture.getexif()
        assert picture.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert picture.size == (32, 64), "as it was held"
        assert near(picture.getpixel((16, 10)), RED)
        assert near(picture.getpixel((16, 54)), BLUE)


def near(seen: Any, meant: tuple[int, int, int]) -> bool:
    return bool(max(abs(a - b) for a, b in zip(seen, meant, strict=False)) < 30)


def test_words_beside_a_picture_are_left_behind_and_what_shines_through_stays(
    tmp_path: Path,
) -> None:
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "Elena")
    words.add_itxt("XML:com.adobe.xmp", "Elena")
    for data in (
        photo("PNG", mode="RGBA", pnginfo=words),
        photo("WEBP", mode="RGBA", xmp=b"Elena"),
    ):
        file = keep(tmp_path / "announcements", data, "afiche.png")
        kept = (tmp_path / file.path).read_bytes()
        assert b"Elena" not in kept
        with Image.open(BytesIO(kept)) as picture:
            assert (picture.mode, picture.info) == ("RGBA", {})


def test_a_large_photo_costs_her_no_more_than_she_can_see(tmp_path: Path) -> None:
    file = keep(tmp_path / "announcements", photo("JPEG", (4000, 3000)), "foto.jpg")
    with Image.open(tmp_path / file.path) as picture:
        assert picture.size == (LONGEST_SIDE * 3 // 4, LONGEST_SIDE)


def bomb(width: int, height: int) -> bytes:
    """Small as a file; unpacked, it would fill the memory."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [8_000, 12_000, 60_000])
def test_what_would_fill_the_memory_is_not_unpacked(tmp_path: Path, side: int) -> None:
    with pytest.raises(NotKept) as refused:
        keep(tmp_path, bomb(side, side), "foto.png")
    assert (refused.value.why, refused.value.most) == ("attachment-pixels", 50)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "data",
    [JPEG[:-300], JPEG[:40], PNG[:60], WEBP[:30], b"\xff\xd8\xff" + bytes(99), bomb(10, 10)],
)
def test_what_is_no_whole_picture_is_told(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(NotKept) as refused:
        keep(tmp_path, data, "foto.jpg")
    assert refused.value.why == "attachment-broken"
    assert list(tmp_path.iterdir()) == []


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
