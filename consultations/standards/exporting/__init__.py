"""Standards as files: papers to read, print and edit, and the format that is imported again."""

from consultations.standards.exporting.documents import ExportedRevision as ExportedRevision
from consultations.standards.exporting.documents import export_of as export_of
from consultations.standards.exporting.docx import standard_docx as standard_docx
from consultations.standards.exporting.files import component_set_content as component_set_content
from consultations.standards.exporting.files import file_bytes as file_bytes
from consultations.standards.exporting.files import standard_content as standard_content
from consultations.standards.exporting.markdown import standard_markdown as standard_markdown
from consultations.standards.exporting.pdf import standard_pdf as standard_pdf
from consultations.standards.exporting.poster import PledgePoster as PledgePoster
from consultations.standards.exporting.poster import pledge_pdf as pledge_pdf
