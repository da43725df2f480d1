"""Photographs are judged by what they are, and kept as what this program wrote."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from consultations.kernel.errors import Invalid
from consultations.standards import photographs
from consultations.standards.photographs import read_photograph


def a_picture(kind="JPEG", size=(400, 300), mode="RGB", **options):
    file = BytesIO()
    Image.new(mode, size, "red" if mode == "RGB" else None).save(file, kind, **options)
    return file.getvalue()


def kept(content):
    image = Image.open(BytesIO(read_photograph(BytesIO(content))))
    image.load()
    return image


def chunk(name, data):
    body = name + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def a_png_bomb(width, height):
    """A few kilobytes that claim to be gigabytes."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 1_000_000, 9)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_photographs_become_jpegs(kind):
    image = kept(a_picture(kind))

    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (400, 300))


def test_large_ones_are_made_smaller_and_keep_their_shape():
    assert kept(a_picture(size=(5000, 2500))).size == (2000, 1000)


def test_what_the_camera_wrote_is_removed_and_the_picture_turned_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "Telepon"
    exif.get_ifd(0x8825)[2] = (6.0, 12.0, 30.0)

    content = read_photograph(BytesIO(a_picture(size=(400, 200), exif=exif, comment=b"rahasia")))

    image = Image.open(BytesIO(content))
    assert image.size == (200, 400)
    assert not image.getexif()
    assert "comment" not in image.info
    assert b"Telepon" not in content
    assert b"rahasia" not in content


def test_what_is_transparent_becomes_white():
    assert kept(a_picture("PNG", mode="RGBA")).getpixel((5, 5)) == (255, 255, 255)


def test_what_hides_behind_the_picture_is_not_kept():
    content = a_picture() + b"<script>alert(1)</script>" + b"PK\x03\x04"

    assert b"script" not in read_photograph(BytesIO(content))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a" + b"\0" * 40,
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<!doctype html><script>alert(1)</script>",
        b"MZ\x90\0" + b"\0" * 100,
        b"%PDF-1.7",
        b"\xff\xd8\xff\xe0" + b"\0" * 100,
        a_picture()[:400],
        a_picture("GIF"),
        a_picture("TIFF"),
        a_picture("BMP"),
        a_png_bomb(2000, 2000),  # too few pixels for what it claims
    ],
    ids=["empty", "gif", "svg", "html", "exe", "pdf", "broken", "cut off", "real gif", "tiff",
         "bmp", "short"],
)  # fmt: skip
def test_what_is_no_photograph_is_refused(content):
    with pytest.raises(Invalid) as refused:
        read_photograph(BytesIO(content))

    assert list(refused.value.errors) == ["photo"]


@pytest.mark.parametrize(
    "size", [(50_000, 50_000), (2**31 - 1, 2**31 - 1), (1, 20_000), (10_000, 9_000), (60_000, 2)]
)
def test_a_bomb_is_refused_before_it_is_unpacked(size, monkeypatch):
    def unpack(self):
        raise AssertionError("a single pixel was unpacked")

    monkeypatch.setattr(Image.Image, "load", unpack)

    with pytest.raises(Invalid):
        read_photograph(BytesIO(a_png_bomb(*size)))


def test_what_is_too_long_is_refused_without_being_read_on():
    class Endless:
        def read(self, length):
            assert length <= photographs.MOST_BYTES + 1
            return b"x" * length

    with pytest.raises(Invalid) as refused:
        read_photograph(Endless())

    assert "10 MB" in refused.value.message
