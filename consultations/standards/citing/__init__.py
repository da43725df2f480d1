"""Citations of legal acts: recognised in text, printed in full, and looked at with advice."""

from consultations.standards.citing.acts import load_acts
from consultations.standards.citing.checking import Advice, check
from consultations.standards.citing.citations import Citation, LegalAct, LegalStatus
from consultations.standards.citing.kinds import Kind, Kinds, load_kinds
from consultations.standards.citing.recognising import Found, recognise

__all__ = [
    "Advice",
    "Citation",
    "Found",
    "Kind",
    "Kinds",
    "LegalAct",
    "LegalStatus",
    "check",
    "load_acts",
    "load_kinds",
    "recognise",
]
