"""One line per package: Django looks for registrations here alone."""

import consultations.notices.admin
import consultations.people.admin  # noqa: F401
