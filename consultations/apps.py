from importlib import import_module
from pathlib import Path

from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    name = "consultations"
    verbose_name = "Rembuk"

    def ready(self):
        """Fills the registries of the packages below, whichever package comes first."""
        import_module("consultations.checks")
        packages = sorted(path.parent.name for path in Path(self.path).glob("*/registrations.py"))
        for package in packages:
            import_module(f"consultations.{package}.registrations")
