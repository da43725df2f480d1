from importlib import import_module
from pathlib import Path

from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    name = "consultations"
    verbose_name = "Rembuk"

    # Modules that fill registries beside the `registrations.py` of each package.
    registrations = (
        "people.accounts",
        "people.addresses",
        "people.privacy",
        "people.reaching",
        "people.record",
    )

    def ready(self):
        """Fills the registries of the packages below, whichever package comes first."""
        import_module("consultations.checks")
        packages = sorted(path.parent.name for path in Path(self.path).glob("*/registrations.py"))
        found = (f"{package}.registrations" for package in packages)
        for module in (*self.registrations, *found):
            import_module(f"consultations.{module}")
