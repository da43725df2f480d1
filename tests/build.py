"""Builders: plain functions that make things through the actions, as the program would.

Everything happens in the small town of TODAY unless a test says otherwise.
"""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from uuid import uuid4

from consultations.kernel.fields import LocalizedText
from consultations.meetings import actions as meetings
from consultations.meetings.models import Meeting
from consultations.people import actions as people
from consultations.people.models import Agency, User
from consultations.proceedings import actions as proceedings
from consultations.proceedings.models import Consultation
from consultations.standards import actions as standards
from consultations.standards.enums import ComponentGroup, ReasonKind, RevisionState
from consultations.standards.models import ComponentSet, Revision, Standard, Wording
from consultations.threads import actions as threads
from consultations.threads.models import Comment

TODAY = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)  # 10.00 WIB
_numbers = count(1)

WORDS = {
    "requirements": (
        "Menunjukkan Kartu Keluarga asli atau Kartu Keluarga digital. Fotokopi tidak diminta."
    ),
    "time": (
        "KTP-el diselesaikan paling lama 3 (tiga) hari kerja sejak perekaman dinyatakan tunggal."
    ),
    "fee": "Tidak dipungut biaya, termasuk untuk penggantian karena hilang atau rusak.",
}


def text(words: str) -> LocalizedText:
    return LocalizedText({"id": words, "en": words})


def a_user(name: str = "", **kwargs) -> User:
    number = next(_numbers)
    return people.create_user(
        actor=None,
        email=kwargs.pop("email", f"orang{number}@contoh.test"),
        public_name=name or f"Orang {number}",
        language=kwargs.pop("language", "id"),
        password=kwargs.pop("password", "rembuk-demo"),
        at=TODAY,
        **kwargs,
    )


def an_agency(slug: str = "", **kwargs) -> Agency:
    slug = slug or f"dinas-{next(_numbers)}"
    return people.create_agency(
        actor=None, slug=slug, name=text(f"Dinas {slug}"), seat="Tirtasari", at=TODAY, **kwargs
    )


def an_official(
    agency: Agency, *roles: str, name: str = "", until: date | None = None, **kwargs
) -> User:
    """Somebody with a post of the agency that has these roles; an auditor needs `until`."""
    user = a_user(name, **kwargs)
    starts_on = date(2026, 1, 1)
    post = people.create_post(actor=None, agency=agency, title=text("Pejabat"), at=TODAY)
    people.appoint(
        actor=None,
        post=post,
        user=user,
        official_name=str(user.public_name),
        starts_on=starts_on,
        at=TODAY,
    )
    for role in roles:
        people.grant_role(
            actor=None,
            post=post,
            role=role,
            agency=agency,
            starts_on=starts_on,
            ends_on=until,
            at=TODAY,
        )
    return user


def a_component_set() -> ComponentSet:
    """Three components are enough to test with; the real fourteen come from samples."""
    found = ComponentSet.objects.filter(key="test").first()
    return found or standards.create_component_set(
        actor=None,
        key="test",
        name=text("Uji"),
        source="uji",
        components=[
            {"key": key, "group": ComponentGroup.DELIVERY, "name": text(key.capitalize())}
            for key in WORDS
        ],
    )


def a_standard(agency: Agency | None = None, slug: str = "") -> Standard:
    agency = agency or an_agency()
    slug = slug or f"layanan-{next(_numbers)}"
    service = standards.create_service(
        actor=None, agency=agency, slug=slug, name=text(f"Layanan {slug}"), at=TODAY
    )
    return standards.create_standard(
        actor=None, service=service, component_set=a_component_set(), at=TODAY
    )


def a_working_draft(standard: Standard | None = None, words: dict | None = None) -> Revision:
    """A working draft with one clause per component, in Indonesian."""
    standard = standard or a_standard()
    draft = standards.start_working_draft(actor=None, standard=standard, based_on=None, at=TODAY)
    for component in standard.component_set.components.all():
        standards.insert_clause(
            actor=None,
            revision=draft,
            component=component,
            body=(words or WORDS)[component.key],
            language="id",
            reason_kind=ReasonKind.AS_PUBLISHED,
            reason="sebagaimana diterbitkan",
            at=TODAY,
        )
    return draft


def a_next_draft(revision: Revision, body: str = "", label: str = "2.1") -> Revision:
    """The working draft after a revision, with other words in one clause."""
    draft = standards.start_working_draft(
        actor=None, standard=revision.standard, based_on=revision, at=TODAY
    )
    before = a_wording(revision, label)
    standards.reword_clause(
        actor=None,
        revision=draft,
        clause=before.placement.clause,
        language="id",
        body=body or "KTP-el diselesaikan paling lama 5 (lima) hari kerja.",
        reason_kind=ReasonKind.EDITORIAL,
        reason="lebih jelas",
        expected_digest=before.digest,
        at=TODAY,
    )
    return draft


def a_revision(standard: Standard | None = None, state=RevisionState.CONSULTED) -> Revision:
    """A published revision."""
    draft = a_working_draft(standard)
    return standards.publish_revision(actor=None, revision=draft, state=state, at=TODAY)


def a_wording(revision: Revision, label: str = "2.1", language: str = "id") -> Wording:
    return Wording.objects.select_related("placement__clause", "placement__revision__standard").get(
        placement__revision=revision, placement__label=label, language=language
    )


def a_consultation(
    agency: Agency | None = None, *, slug: str = "", is_open: bool = True, **kwargs
) -> Consultation:
    """A consultation on one draft, open from a week ago to a week from now."""
    agency = agency or an_agency()
    revision = kwargs.pop("revision", None) or a_revision(a_standard(agency))
    slug = slug or f"konsultasi-{next(_numbers)}"
    opens_at = TODAY - timedelta(days=7)
    consultation = proceedings.create_consultation(
        actor=None,
        agency=agency,
        slug=slug,
        title=text(f"Konsultasi {slug}"),
        purpose=text("Standar ini ditinjau."),
        asked_by=people.create_post(actor=None, agency=agency, title=text("Kepala"), at=TODAY),
        opens_at=opens_at,
        closes_at=kwargs.pop("closes_at", TODAY + timedelta(days=7)),
        answer_by=kwargs.pop("answer_by", date(2026, 12, 14)),
        at=opens_at,
        **kwargs,
    )
    proceedings.add_draft(
        actor=None,
        consultation=consultation,
        revision=revision,
        summary=text("Fotokopi tidak diminta lagi."),
        at=opens_at,
    )
    if is_open:
        proceedings.open_consultation(actor=None, consultation=consultation, at=opens_at)
    return consultation


def draft_of(consultation: Consultation) -> Revision:
    """The revision that is discussed now."""
    return consultation.drafts.get(replaced_by=None).revision


def a_comment(consultation: Consultation, author: User | None = None, **kwargs) -> Comment:
    """A comment on clause 2.1 unless told otherwise."""
    if "wording" not in kwargs:
        kwargs["wording"] = a_wording(draft_of(consultation), kwargs.pop("label", "2.1"))
    posted = threads.post_comment(
        actor=author or a_user(),
        consultation=consultation,
        stance=kwargs.pop("stance", "oppose"),
        body=kwargs.pop("body", "Hitung sejak kami pulang dari loket."),
        token=kwargs.pop("token", None) or uuid4(),
        at=kwargs.pop("at", TODAY),
        **kwargs,
    )
    return posted.comment


def a_meeting(consultation: Consultation, moderator: User, *, is_open: bool = True) -> Meeting:
    """A session on all clauses of the draft."""
    placements = draft_of(consultation).placements.order_by("component__number", "position")
    meeting = meetings.plan_meeting(
        actor=moderator,
        consultation=consultation,
        title=text("Sesi pertama"),
        starts_at=TODAY,
        ends_at=TODAY + timedelta(hours=2),
        place="Aula",
        items=[
            meetings.PlannedItem(text(f"Butir {placement.label}"), placement.wordings.first())
            for placement in placements
        ],
        at=TODAY,
    )
    if is_open:
        meetings.open_meeting(actor=moderator, meeting=meeting, at=TODAY)
    return meeting
