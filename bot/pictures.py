"""Keep of a picture what can be seen, and nothing else that is in its file.

A telephone writes into each photo where and when it was taken and with which camera. So a picture
is drawn anew from its points, turned as it was held, no larger than a telephone can show.
"""

from collections.abc import Mapping
from io import BytesIO
from typing import Any, Final, Literal

from PIL import Image, ImageCms, ImageOps

MOST_PIXELS: Final = 50_000_000  # as the largest photo of a telephone; unpacked, a few bytes each
LONGEST_SIDE: Final = 1920  # more is never seen, and she pays for it
_JPEG: Final[Mapping[str, Any]] = {"quality": 88, "optimize": True}
_BOMBS: Final = (Image.DecompressionBombError, Image.DecompressionBombWarning)

Format = Literal["JPEG", "PNG", "WEBP"]


class Unreadable(Exception):
    """It is broken, or no picture for all that it begins like one."""


class TooLarge(Exception):
    """It has more than MOST_PIXELS. It was not unpacked."""


def drawn_anew(data: bytes, format: Format) -> tuple[bytes, Literal["JPEG", "PNG"]]:
    """The same picture, and what it is now: no platform takes WebP for one. Of a moving one, how it
    begins. Takes up to a second: not for the loop. Raises Unreadable and TooLarge."""
    try:
        with Image.open(BytesIO(data), formats=[format]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise TooLarge
            return _drawn(picture, format)
    except _BOMBS as error:
        raise TooLarge from error
    except TooLarge:
        raise
    except Exception as error:
        # Each format has mistakes of its own, down to a struct that does not unpack.
        raise Unreadable from error


def _drawn(picture: Image.Image, format: Format) -> tuple[bytes, Literal["JPEG", "PNG"]]:
    profile = picture.info.get("icc_profile")
    if picture.mode in ("1", "P"):
        # Between two numbers of a palette there is no colour between.
        picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(picture)
    if format == "JPEG" or (format == "WEBP" and not upright.has_transparency_data):
        return _written(_in_plain_colours(upright, profile, "RGB"), "JPEG"), "JPEG"
    mode = "RGBA" if upright.has_transparency_data else "RGB"
    return _written(_in_plain_colours(upright, profile, mode), "PNG"), "PNG"


def _in_plain_colours(picture: Image.Image, profile: bytes | None, mode: str) -> Image.Image:
    """Its colours as they look without the description of them that stood beside."""
    if profile and picture.mode in ("RGB", "RGBA", "CMYK"):
        try:
            given = ImageCms.ImageCmsProfile(BytesIO(profile))
            plain = ImageCms.createProfile("sRGB")
            turned = ImageCms.profileToProfile(picture, given, plain, outputMode=mode)
            return turned or picture
        except (ImageCms.PyCMSError, OSError):
            pass  # a description that describes nothing
    return picture.convert(mode)


def _written(picture: Image.Image, format: Literal["JPEG", "PNG"]) -> bytes:
    # A new one takes over the points alone: whatever stood beside them stays behind.
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    out = BytesIO()
    bare.save(out, format, **(_JPEG if format == "JPEG" else {"optimize": True}))
    return out.getvalue()
