"""One family of refusals. Actions raise them, one middleware and one base consumer translate them.

A refusal carries a sentence for the reader (what is wrong and the remedy), a stable `code` for
programs, and for forms the `field` it is about. A subclass stands in the module that raises it.
"""


class Refused(Exception):
    """Something that was asked for is refused. `status` is the HTTP status it is answered with."""

    status = 400
    code = "refused"

    def __init__(self, message: str, *, code: str | None = None, field: str = "__all__"):
        super().__init__(message)
        self.message = message
        self.code = code or self.code
        self.errors = {field: [message]}


class Denied(Refused):
    status, code = 403, "denied"


class Missing(Refused):
    status, code = 404, "missing"


class Conflict(Refused):
    status, code = 409, "conflict"


class Invalid(Refused):
    status, code = 422, "invalid"

    @classmethod
    def of_form(cls, form) -> "Invalid":
        """All errors of a bound form at once, each under its field."""
        errors = {name: [str(message) for message in found] for name, found in form.errors.items()}
        refusal = cls(next(iter(errors.values()))[0])
        refusal.errors = errors
        return refusal


class TooMany(Refused):
    status, code = 429, "too_many"

    def __init__(self, message: str, *, retry_after_seconds: int, **kwargs):
        super().__init__(message, **kwargs)
        self.retry_after_seconds = retry_after_seconds
