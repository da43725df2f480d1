"""One line per package: Django looks for registrations here alone."""

import consultations.kernel.admin
import consultations.notices.admin
import consultations.people.admin
import consultations.proceedings.admin
import consultations.standards.admin
import consultations.threads.admin  # noqa: F401
