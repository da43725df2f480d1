"""Files become standards: uploaded, read in the background, looked at, and taken over one by one.

Nothing is written to standards before `confirm_document`, which uses the actions that people use.
"""

from consultations.standards.actions.intake.confirming import ChangedSince as ChangedSince
from consultations.standards.actions.intake.confirming import confirm_document as confirm_document
from consultations.standards.actions.intake.confirming import confirm_queued as confirm_queued
from consultations.standards.actions.intake.confirming import queue_documents as queue_documents
from consultations.standards.actions.intake.deciding import AlreadyDecided as AlreadyDecided
from consultations.standards.actions.intake.deciding import Choice as Choice
from consultations.standards.actions.intake.deciding import choose as choose
from consultations.standards.actions.intake.deciding import reopen_document as reopen_document
from consultations.standards.actions.intake.deciding import skip_documents as skip_documents
from consultations.standards.actions.intake.reading import read_batch as read_batch
from consultations.standards.actions.intake.uploading import upload_files as upload_files
from consultations.standards.actions.intake.writing import write_document as write_document
