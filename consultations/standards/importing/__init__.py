"""Standards from files: reading the format (docs/standard-format.md) and loading it by actions."""

from consultations.standards.importing.loading import Imported as Imported
from consultations.standards.importing.loading import import_file as import_file
