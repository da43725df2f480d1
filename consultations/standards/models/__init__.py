"""Service standards (DESIGN §6): the words, who serves, how they are drafted, imported and kept."""

from consultations.standards.models.drafting import SharedPassage as SharedPassage
from consultations.standards.models.drafting import SharedPassageUse as SharedPassageUse
from consultations.standards.models.drafting import SharedPassageVersion as SharedPassageVersion
from consultations.standards.models.drafting import UnsavedWords as UnsavedWords
from consultations.standards.models.importing import ImportBatch as ImportBatch
from consultations.standards.models.importing import ImportedDocument as ImportedDocument
from consultations.standards.models.importing import UnreadFile as UnreadFile
from consultations.standards.models.keeping import ExternalRegister as ExternalRegister
from consultations.standards.models.keeping import LegalAct as LegalAct
from consultations.standards.models.keeping import Pledge as Pledge
from consultations.standards.models.keeping import Publication as Publication
from consultations.standards.models.keeping import Registration as Registration
from consultations.standards.models.keeping import Review as Review
from consultations.standards.models.searching import RegisterText as RegisterText
from consultations.standards.models.services import Component as Component
from consultations.standards.models.services import ComponentSet as ComponentSet
from consultations.standards.models.services import Service as Service
from consultations.standards.models.services import Standard as Standard
from consultations.standards.models.words import Change as Change
from consultations.standards.models.words import Clause as Clause
from consultations.standards.models.words import ClauseAncestry as ClauseAncestry
from consultations.standards.models.words import Decree as Decree
from consultations.standards.models.words import Placement as Placement
from consultations.standards.models.words import PlainQuestion as PlainQuestion
from consultations.standards.models.words import Revision as Revision
from consultations.standards.models.words import Wording as Wording
