"""QR codes as drawings, so that they stay sharp in print."""

from io import BytesIO

import segno


def qr_svg(address: str) -> str:
    """An SVG of the QR code that leads there, without the quiet margin, which is the template's.

    A quarter of it may be lost (level Q): papers get stamps, folds and stains.
    """
    out = BytesIO()
    segno.make(address, error="q", micro=False).save(out, kind="svg", border=0, xmldecl=False)
    return out.getvalue().decode()
