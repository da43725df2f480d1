from uuid import uuid4

import pytest

SLUG = "ktp-elektronik"
CONSULTATION = f"/consultations/{SLUG}/"


@pytest.fixture
def sentence():
    """Words that nobody has written before."""
    return f"Tanggal di tanda terima yang kami pegang, nomor {uuid4().hex[:8]}."


@pytest.fixture
def wording(demo_server):
    """The id of the words of clause 3.1 in Indonesian, read from the page as a program would."""
    page = demo_server.client().get(f"{CONSULTATION}clauses/3.1/").text
    return page.split('data-wording="')[1].split('"')[0]
