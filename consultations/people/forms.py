from allauth.account import forms as allauth_forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consultations.kernel.errors import Invalid
from consultations.kernel.forms import TextField
from consultations.people.names import PUBLIC_NAME_LIMIT, clean_public_name


class SignupForm(allauth_forms.SignupForm):
    """allauth's form, and the name that is shown beside comments."""

    public_name = TextField(
        limit=PUBLIC_NAME_LIMIT,
        label=_("Name"),
        help_text=_("This name is shown beside your comments. It need not be your real one."),
    )
    field_order = ("public_name", "email", "password1", "password2")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["public_name"].widget.attrs["autocomplete"] = "nickname"

    def clean_public_name(self) -> str:
        try:
            return clean_public_name(self.cleaned_data["public_name"])
        except Invalid as refusal:
            raise ValidationError(refusal.message, code=refusal.code) from refusal

    def save(self, request):
        # allauth makes the user and the address one after the other; they belong together.
        with transaction.atomic():
            return super().save(request)
