"""Photographs that people send, made safe to keep and to show: by what they are, not by their name.

Whatever comes in, what is kept is a JPEG that this program wrote: no metadata (where it was taken,
by which telephone), nothing hidden behind the picture, and no more pixels than a page shows.
"""

import warnings
from io import BytesIO
from typing import BinaryIO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from consultations.kernel.errors import Invalid

MOST_BYTES = 10_000_000
MOST_PIXELS = 60_000_000  # of the original: what telephones take today
MOST_SIDE = 12_000
KEPT_SIDE = 2_000
_FORMATS = ("JPEG", "PNG", "WEBP")  # what telephones and browsers send; each decoder is a risk
_QUALITY = 82


def read_photograph(file: BinaryIO, *, field: str = "photo") -> bytes:
    """The photograph as a JPEG of at most KEPT_SIDE pixels. Raises Invalid, which names `field`."""
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise Invalid(_("This photograph is larger than 10 MB. Choose a smaller one."), field=field)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _written_anew(content, field)
    except Invalid:
        raise
    except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _no_photograph(field)
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError, KeyError, IndexError):
        # What decoders raise on files that are broken, by accident or on purpose.
        raise _no_photograph(field)


def _written_anew(content: bytes, field: str) -> bytes:
    with Image.open(BytesIO(content), formats=_FORMATS) as image:
        # Known from the header, before a single pixel is unpacked.
        width, height = image.size
        if width * height > MOST_PIXELS or max(width, height) > MOST_SIDE:
            raise Invalid(
                _("This picture has too many pixels (%(width)d × %(height)d). Make it smaller.")
                % {"width": width, "height": height},
                field=field,
            )
        image.draft("RGB", (KEPT_SIDE, KEPT_SIDE))  # a JPEG is unpacked no larger than needed
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail((KEPT_SIDE, KEPT_SIDE))
        kept = BytesIO()
        _on_white(upright).save(kept, "JPEG", quality=_QUALITY, optimize=True, exif=b"")
        return kept.getvalue()


def _on_white(image: Image.Image) -> Image.Image:
    """Without transparency, which a JPEG cannot have. A new picture takes no metadata along."""
    kept = Image.new("RGB", image.size, "white")
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        layer = image.convert("RGBA")
        kept.paste(layer, mask=layer.getchannel("A"))
    else:
        kept.paste(image.convert("RGB"))
    return kept


def _no_photograph(field: str) -> Invalid:
    return Invalid(
        _("This is no photograph that can be read. Choose a JPEG, PNG or WebP."), field=field
    )
