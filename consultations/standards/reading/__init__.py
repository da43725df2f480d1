"""Service standards read out of documents, as a proposal that a person then looks through.

Bytes in, plain values out; nothing is stored, looked up or followed. The words of every line come
back in some clause, and what was guessed comes back as a doubt.
"""

from consultations.standards.reading.contract import ComponentNames as ComponentNames
from consultations.standards.reading.contract import DocumentKind as DocumentKind
from consultations.standards.reading.contract import ReadClause as ReadClause
from consultations.standards.reading.contract import ReadDecree as ReadDecree
from consultations.standards.reading.contract import ReadStandard as ReadStandard
from consultations.standards.reading.contract import UnreadableFile as UnreadableFile
from consultations.standards.reading.documents import is_standard_json as is_standard_json
from consultations.standards.reading.documents import read_document as read_document
from consultations.standards.reading.documents import read_documents as read_documents
from consultations.standards.reading.doubts import Doubt as Doubt
from consultations.standards.reading.doubts import DoubtCode as DoubtCode
from consultations.standards.reading.doubts import Place as Place
