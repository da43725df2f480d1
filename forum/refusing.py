"""The answer to a body that is too long, made before Django sees the request.

In both languages, since nobody has looked yet at which one the reader wants.
"""

import json


def too_large(limit: int, accept: bytes) -> bytes:
    """The whole answer as it goes over the line."""
    size = f"{limit / 1_000_000:g} MB"
    sentences = [
        f"Kiriman ini lebih besar dari batas {size}. "
        "Persingkat teksnya atau pilih berkas yang lebih kecil, lalu kirim lagi.",
        f"This is larger than the limit of {size}. "
        "Shorten the text or choose a smaller file, and send it again.",
    ]
    if b"application/json" in accept and b"text/html" not in accept:
        kind = "application/json"
        body = json.dumps({"errors": {"__all__": sentences}, "code": "too_large"})
    else:
        kind = "text/plain; charset=utf-8"
        body = "\n".join(sentences) + "\n"
    content = body.encode()
    head = [
        "HTTP/1.1 413 Content Too Large",
        f"Content-Type: {kind}",
        f"Content-Length: {len(content)}",
        "Cache-Control: no-store",
        "X-Content-Type-Options: nosniff",
        "Connection: close",
    ]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + content
