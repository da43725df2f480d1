from django.db import models
from django.utils.safestring import SafeString, mark_safe


class RenderedField(models.TextField):
    """Keeps HTML that `richtext.render` wrote, and gives it back as the safe string it was.

    The one way by which stored HTML reaches a template unescaped; only actions write such a
    column, and only with what `render` returned.
    """

    def from_db_value(self, value, expression, connection) -> SafeString | None:
        return None if value is None else mark_safe(value)

    def deconstruct(self):
        # Migrations keep the plain column, so that they import nothing of ours.
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs
