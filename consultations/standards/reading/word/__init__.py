"""A DOCX as lines and tables, as if every tracked change had been accepted."""

from consultations.standards.reading.archives import Package
from consultations.standards.reading.blocks import Block
from consultations.standards.reading.word.bodies import BodyReader
from consultations.standards.reading.word.parts import open_parts


def read_blocks(content: bytes) -> list[Block]:
    """All that the document's body says, in reading order. Raises UnreadableFile."""
    parts = open_parts(Package(content))
    return BodyReader(parts).read(parts.body)
