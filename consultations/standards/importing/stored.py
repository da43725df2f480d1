"""What a reader gave, as JSON in `ImportedDocument.content`, and back again."""

from datetime import date

from consultations.standards.reading import (
    DocumentKind,
    Doubt,
    DoubtCode,
    Place,
    ReadClause,
    ReadDecree,
    ReadStandard,
)

# A standard in Rembuk's own format is kept as it came, below this key.
OWN_FORMAT = "json"


def dump(read: ReadStandard) -> dict:
    return {
        "title": read.title,
        "service_name": read.service_name,
        "language": read.language,
        "kind": str(read.kind_of_document),
        "annex": read.annex_number,
        "digest": read.digest,
        "decree": _dump_decree(read.decree) if read.decree else None,
        "doubts": [_dump_doubt(doubt) for doubt in read.doubts],
        "clauses": [_dump_clause(clause) for clause in read.clauses],
    }


def load(content: dict) -> ReadStandard:
    decree = content["decree"]
    return ReadStandard(
        title=content["title"],
        service_name=content["service_name"],
        language=content["language"],
        decree=_load_decree(decree) if decree else None,
        clauses=tuple(_load_clause(clause) for clause in content["clauses"]),
        doubts=_load_doubts(content["doubts"]),
        kind_of_document=DocumentKind(content["kind"]),
        digest=content["digest"],
        annex_number=content["annex"],
    )


def _dump_decree(decree: ReadDecree) -> dict:
    return {
        "number": decree.number,
        "dated_on": decree.dated_on.isoformat() if decree.dated_on else None,
        "title": decree.title,
        "issuer": decree.issuer,
    }


def _load_decree(decree: dict) -> ReadDecree:
    day = decree["dated_on"]
    dated_on = date.fromisoformat(day) if day else None
    return ReadDecree(decree["number"], dated_on, decree["title"], decree["issuer"])


def _dump_clause(clause: ReadClause) -> dict:
    return {
        "component": clause.component_key,
        "heading": clause.heading,
        "body": clause.body,
        "place": clause.place.steps,
        "doubts": [_dump_doubt(doubt) for doubt in clause.doubts],
        "parent": clause.parent,
    }


def _load_clause(clause: dict) -> ReadClause:
    return ReadClause(
        component_key=clause["component"],
        heading=clause["heading"],
        body=clause["body"],
        place=_load_place(clause["place"]),
        doubts=_load_doubts(clause["doubts"]),
        parent=clause["parent"],
    )


def _dump_doubt(doubt: Doubt) -> dict:
    return {"code": str(doubt.code), "place": doubt.place.steps, "values": doubt.values}


def _load_doubts(doubts: list[dict]) -> tuple[Doubt, ...]:
    """A code that a later version does not know any more has no words, and is left out."""
    known = set(DoubtCode)
    return tuple(
        Doubt(
            DoubtCode(doubt["code"]),
            _load_place(doubt["place"]),
            tuple((name, text) for name, text in doubt["values"]),
        )
        for doubt in doubts
        if doubt["code"] in known
    )


def _load_place(steps: list[list[str]]) -> Place:
    return Place(tuple((kind, number) for kind, number in steps))
