"""What the agency keeps of its standard: its pledge, and where it can be read."""

from datetime import datetime, timedelta

from consultations.kernel.fields import LocalizedText
from consultations.people.models import Agency
from consultations.people.queries import day_in
from consultations.standards import actions
from consultations.standards.enums import Medium
from consultations.standards.forms.pledges import proposed
from consultations.standards.models import Revision
from consultations.standards.queries.pledges import STATEMENTS, signing_posts

_PLACES = (
    (Medium.WEBSITE, "Laman dinas", "https://disdukcapil.contoh.test/standar-pelayanan"),
    (Medium.SOCIAL, "Instagram dinas", "https://media.contoh.test/disdukcapil/standar"),
)


def keep(agency: Agency, in_force: Revision, *, at: datetime) -> None:
    on = day_in(agency, at) - timedelta(days=30)
    said = proposed()
    actions.adopt_pledge(
        actor=None,
        revision=in_force,
        signed_by=signing_posts(agency, on=on)[0],
        place=agency.seat,
        dated_on=on,
        at=at,
        **{
            name: LocalizedText(
                {
                    key.removeprefix(f"{name}_"): text
                    for key, text in said.items()
                    if key.startswith(f"{name}_")
                }
            )
            for name in STATEMENTS
        },
    )
    for medium, place, url in _PLACES:
        actions.record_publication(
            actor=None, revision=in_force, medium=medium, place=place, url=url, published_on=on,
            at=at,
        )  # fmt: skip
