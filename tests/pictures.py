"""Pictures as a telephone makes them, for tests: what is in them besides the picture."""

from io import BytesIO
from typing import Any

from PIL import ExifTags, Image

AYACUCHO = (13.0, 9.0, 31.0)
RED, BLUE = (220, 20, 20), (20, 20, 220)


def photo(format: str, size: tuple[int, int] = (64, 32), **more: Any) -> bytes:
    """Left red, right blue; it tells where it was taken, and that it was held on its side."""
    picture = Image.new(more.pop("mode", "RGB"), size, RED)
    picture.paste(BLUE, (size[0] // 2, 0, *size))
    if picture.mode == "RGBA":
        picture.putalpha(128)
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6  # to be turned to the right
    exif[ExifTags.Base.Make] = "Camera of Elena"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = AYACUCHO
    out = BytesIO()
    picture.save(out, format, exif=exif, **more)
    return out.getvalue()


JPEG, PNG, WEBP = photo("JPEG"), photo("PNG"), photo("WEBP")
