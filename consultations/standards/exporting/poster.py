"""The service pledge (maklumat pelayanan) as a poster for the counter and the door.

What it must say stands in DOMAIN §1.1 and §1.5: the promises of the standard, and the three
statements: able and ready to serve by the standard, duties met and service improved, sanctions
and compensation accepted.
"""

from dataclasses import dataclass
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from consultations.printing import Paper, plain_day, print_pdf, qr_svg

TEMPLATE = "standards/exporting/poster.typ"


@dataclass(frozen=True)
class PledgePoster:
    agency: str
    service: str
    statements: tuple[str, str, str]
    promises: tuple[tuple[str, str], ...]  # component, and what it promises in a sentence
    place: str
    dated_on: date
    post: str
    signed_name: str
    rank: str
    civil_servant_number: str
    url: str
    language: str
    government: str = ""  # the line above the agency's
    address: str = ""


def pledge_pdf(given: PledgePoster, *, size: str = "a3") -> bytes:
    """One page, A3 or A4 ("a4"), in letters that are read from two paces."""
    with translation.override(given.language):
        paper = Paper(
            title=_("Service pledge: %(service)s") % {"service": given.service},
            language=given.language,
            dated_on=given.dated_on,
            author=given.agency,
            description=given.url,
        )
        return print_pdf(TEMPLATE, _content(given) | {"size": size}, paper=paper)


def _content(given: PledgePoster) -> dict:
    day = plain_day(given.dated_on, given.language)
    number = given.civil_servant_number
    return {
        "letterhead": [line for line in (given.government, given.agency) if line],
        "address": given.address,
        "kind": _("Service pledge"),
        "service": given.service,
        "statements": given.statements,
        "promises": given.promises,
        "signature": {
            "place": f"{given.place}, {day}" if given.place else day,
            "post": given.post,
            "name": given.signed_name,
            "lines": [given.rank, _("NIP %(number)s") % {"number": number} if number else ""],
        },
        "qr": qr_svg(given.url),
        "url": given.url,
        "words": {
            "opening": _("We hereby state that we"),
            "promises": _("What you can count on"),
            "scan": _("The whole standard on the web"),
            "qr": _("QR code that leads to the page of these words: %(url)s") % {"url": given.url},
        },
    }
