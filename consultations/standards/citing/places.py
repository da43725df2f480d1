"""Regions as citations and agencies write them, and whether two may be the same."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from consultations.standards.citing.citations import Citation
from consultations.standards.citing.kinds import Kinds

_PIECE = re.compile(r"[^\s.]+(?:\.[^\s.]+)*\.?")


@dataclass(frozen=True)
class _Region:
    """`sort` is what it calls itself (Kota, Kabupaten); of one `rank` an agency has but one."""

    name: str
    sort: str = ""
    rank: str = ""


def tidy_place(text: str, kinds: Kinds) -> str:
    """Abbreviations written out, capitals as in a name: "KAB. SLEMAN" → "Kabupaten Sleman"."""
    pieces = []
    for piece in _PIECE.findall(text):
        full = kinds.abbreviations.get(piece.rstrip(".").casefold())
        if full is None:
            full = piece.title() if piece.isupper() and len(piece) > 4 else piece
        pieces.append(full)
    return " ".join(pieces)


def is_of_another_region(citation: Citation, region_names: Iterable[str], kinds: Kinds) -> bool:
    """Only where it can be told: an agency that names no province is in some province all the same.

    `region_names` are those of the agency and of what stands above it.
    """
    if not citation.place or not citation.kind.place:
        return False
    cited = _region(citation.place, kinds, sort=citation.kind.place_type)
    if citation.kind.place == "office" and not cited.rank:
        return False
    own = [_region(name, kinds) for name in region_names if name.strip()]
    if cited.rank:
        own = [region for region in own if region.rank in ("", cited.rank)]
    return bool(own) and not any(_may_be_same(cited, region) for region in own)


def _may_be_same(one: _Region, other: _Region) -> bool:
    same_sort = not one.sort or not other.sort or one.sort == other.sort
    return same_sort and one.name == other.name


def _region(place: str, kinds: Kinds, sort: str = "") -> _Region:
    """What the last word of a sort opens: "… dan Pencatatan Sipil Kabupaten Lamongan"."""
    pieces = tidy_place(place, kinds).split()
    for index in range(len(pieces) - 2, -1, -1):
        if rank := kinds.ranks.get(pieces[index].title()):
            name = " ".join(pieces[index + 1 :]).casefold()
            return _Region(name, pieces[index].title(), rank)
    name = " ".join(pieces).casefold()
    if not sort and name in kinds.provinces:
        return _Region(name, "", "province")
    return _Region(name, sort, kinds.ranks.get(sort, ""))
