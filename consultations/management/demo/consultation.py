"""The demo's consultation: three weeks of comments, a live session under way, first outcomes.

Everything goes through the actions, each at its own moment, so that the record reads as if it had
happened.
"""

import json
from datetime import datetime, timedelta
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from consultations.kernel.fields import LocalizedText
from consultations.management.demo.people import Cast
from consultations.moderation import actions as moderation
from consultations.outcomes import actions as outcomes
from consultations.people.models import Agency, Post
from consultations.proceedings import actions as proceedings
from consultations.proceedings.enums import Source
from consultations.proceedings.models import Consultation
from consultations.standards import actions as standards
from consultations.standards.anchoring import contexts
from consultations.standards.models import Revision, Wording
from consultations.threads import actions as threads
from consultations.threads.models import Comment


class Story:
    """Tells what happened in the consultation, in the order of time."""

    def __init__(self, folder: Path, cast: Cast, revision: Revision, *, now: datetime):
        path = folder / "ktp-elektronik.json"
        self.content = json.loads(path.read_text(encoding="utf-8"))
        self.cast, self.revision, self.now = cast, revision, now
        self.wordings = {
            wording.placement.label: wording
            for wording in Wording.objects.filter(
                placement__revision=revision, language="id"
            ).select_related("placement__revision__standard")
        }
        self.comments: dict[int, Comment] = {}  # by place in the file

    def open_consultation(self, agency: Agency) -> Consultation:
        content, officer = self.content, self.cast.users["penjawab@contoh.test"]
        opens_at = self.now - timedelta(days=22)
        closes_at = (self.now + timedelta(days=6)).replace(
            hour=16, minute=59, second=0, microsecond=0
        )  # 23.59 WIB
        self.consultation = proceedings.create_consultation(
            actor=self.cast.users["penyusun@contoh.test"],
            agency=agency,
            slug=content["slug"],
            title=LocalizedText(content["title"]),
            purpose=LocalizedText(content["purpose"]),
            fixed=LocalizedText(content["fixed"]),
            legal_basis=content["legal_basis"],
            asked_by=Post.objects.get(holdings__user=officer),
            opens_at=opens_at,
            closes_at=closes_at,
            answer_by=(self.now + timedelta(days=20)).date(),
            effective_on=(self.now + timedelta(days=41)).date(),
            at=opens_at - timedelta(days=1),
        )
        proceedings.add_draft(
            actor=self.cast.users["penyusun@contoh.test"],
            consultation=self.consultation,
            revision=self.revision,
            summary=LocalizedText(content["summary"]),
            questions=[self._question(given) for given in content["questions"]],
            at=opens_at - timedelta(days=1),
        )
        proceedings.open_consultation(
            actor=self.cast.users["penyusun@contoh.test"],
            consultation=self.consultation,
            at=opens_at,
        )
        self._introduce()
        return self.consultation

    def _question(self, given: dict) -> standards.Question:
        clauses = [self.wordings[label].placement.clause for label in given["clauses"]]
        return standards.Question(text=LocalizedText(given["text"]), clauses=clauses)

    def _introduce(self) -> None:
        """Some say who they are when they join."""
        for number, citizen in enumerate(self.cast.citizens, 1):
            if "affiliation" not in citizen:
                continue
            proceedings.join(
                user=self.cast.citizen(number),
                consultation=self.consultation,
                affiliation=citizen["affiliation"],
                unsur=citizen.get("unsur", "service_users"),
                is_invited=citizen.get("invited", False),
                at=self.now - timedelta(days=21),
            )

    def tell_before_session(self) -> None:
        """Comments and replies of the weeks before, in the order of time."""
        spoken = [
            (row["days"], place, row) for place, row in enumerate(self.content["comments"], 1)
        ]
        spoken += [
            (row["days"] - 0.5, f"reply {place}", row)
            for place, row in enumerate(self.content["replies"], 1)
        ]
        for days, place, row in sorted(spoken, key=lambda told: -told[0]):
            at = self.now - timedelta(days=days, minutes=len(row["body"]))
            self.comments[place] = self._say(str(place), row, at)
        for place, row in enumerate(self.content["comments"], 1):
            if hiding := row.get("hide"):
                moderation.hide(
                    actor=self.cast.users["moderator@contoh.test"],
                    comment=self.comments[place],
                    rule=hiding["rule"],
                    note=hiding["note"],
                    at=self.now - timedelta(days=row["days"] - 0.9),
                )

    def tell_session(self) -> None:
        """What is said while the session runs, from the hall and online."""
        rows = [(row["minutes_ago"], "hall", row) for row in self.content["hall"]]
        rows += [(row["minutes_ago"], "online", row) for row in self.content["session_comments"]]
        for place, (minutes, source, row) in enumerate(sorted(rows, key=lambda told: -told[0]), 1):
            at = self.now - timedelta(minutes=minutes)
            if source == "online":
                self._say(f"session {place}", row, at)
            else:
                self._note(f"session {place}", row, at)

    def record_outcomes(self) -> None:
        for days, row in zip((3, 2, 1), self.content["outcomes"], strict=True):
            outcomes.record_outcome(
                actor=self.cast.users["penjawab@contoh.test"],
                consultation=self.consultation,
                comments=[self.comments[place] for place in row["comments"]],
                disposition=row["disposition"],
                reason=row["reason"],
                changes=self._changes(row),
                at=self.now - timedelta(days=days),
            )

    def _changes(self, row: dict) -> list[dict]:
        if "clause" not in row:
            return []
        here = self.wordings[row["clause"]]
        others = Wording.objects.filter(placement=here.placement).select_related("placement")
        return [
            {
                "clause": here.placement.clause,
                "language": wording.language,
                "after": wording.body.replace(*row[key]),
                "expected_digest": wording.digest,
            }
            for wording in others
            if (key := "replace" if wording.language == "id" else f"replace_{wording.language}")
            in row
        ]

    def _say(self, place: str, row: dict, at: datetime) -> Comment:
        by = row["by"]
        user = self.cast.users[by] if isinstance(by, str) else self.cast.citizen(by)
        return threads.post_comment(actor=user, **self._contribution(place, row, at)).comment

    def _note(self, place: str, row: dict, at: datetime) -> Comment:
        """The note-taker enters what somebody said in the hall."""
        note_taker = self.cast.users["notulis@contoh.test"]
        voice = proceedings.enter_participant(
            actor=note_taker,
            consultation=self.consultation,
            public_name=row["name"],
            affiliation=row["affiliation"],
            unsur=row["unsur"],
            source=Source.HALL,
            at=at,
        )
        return threads.post_comment(
            actor=note_taker,
            participant=voice,
            source=Source.HALL,
            occurred_at=at,
            **self._contribution(place, row, at),
        ).comment

    def _contribution(self, place: str, row: dict, at: datetime) -> dict:
        parent = self.comments.get(row.get("to"))
        wording = parent.wording if parent else self.wordings.get(row.get("clause"))
        return {
            "consultation": self.consultation,
            "wording": wording,
            "parent": parent,
            "stance": row.get("stance", "neutral"),
            "body": row["body"],
            "quote": _quote(wording, row.get("quote", "")),
            "proposed_text": row.get("proposed", ""),
            # From its place in the file: loading the demo again repeats nothing.
            "token": uuid5(NAMESPACE_URL, f"rembuk:demo:{place}"),
            "at": at,
        }


def _quote(wording: Wording | None, exact: str) -> dict | None:
    if not exact:
        return None
    start = wording.plain.index(exact)
    prefix, suffix = contexts(wording.plain, start, start + len(exact))
    return {"exact": exact, "prefix": prefix, "suffix": suffix}
