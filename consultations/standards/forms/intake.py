"""Forms of the import: the upload, what is decided about a document, and about one clause."""

from dataclasses import replace

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from consultations.kernel.forms import TextField
from consultations.standards.actions.working import BODY_LIMIT, HEADING_LIMIT
from consultations.standards.importing import folders
from consultations.standards.importing.batches import Show
from consultations.standards.importing.choices import (
    NEW,
    Becomes,
    ClauseChoices,
    DocumentChoices,
)
from consultations.standards.importing.folders import Upload
from consultations.standards.importing.planning import citations_in
from consultations.standards.importing.previews import Preview
from consultations.standards.models import Standard

NEW_SERVICE = "new"
_MIB = 2**20


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or many files, as `Upload`s; what is empty or unreadable is told file by file."""

    widget = FilesInput

    def clean(self, data, initial=None) -> list[Upload]:
        given = data if isinstance(data, list | tuple) else [data]
        files = [file for file in given if file]
        if not files:
            raise forms.ValidationError(_("Choose at least one file."), code="required")
        return [self._upload(file) for file in files]

    @staticmethod
    def _upload(file) -> Upload:
        if file.size > folders.MOST_BYTES:
            message = _("The file is larger than %(limit)d MB. Send its parts one by one.")
            limit = {"limit": folders.MOST_BYTES // _MIB}
            return Upload(file.name, b"", str(message) % limit)
        return Upload(file.name, file.read())


class UploadForm(forms.Form):
    files = FilesField(
        label=_("Files"),
        help_text=_(
            "DOCX, Markdown or Rembuk's JSON; many at once, or a folder as one ZIP file. Nothing "
            "becomes a standard before you have looked at it."
        ),
    )
    is_published = forms.BooleanField(
        required=False,
        label=_("They have been adopted already, each by the decree that it names"),
        help_text=_(
            "Approvers take these over, as they were published. Otherwise each becomes a working "
            "draft, which you go over and publish."
        ),
    )
    component_set = forms.ModelChoiceField(None, label=_("Components"), empty_label=None)

    def __init__(self, *args, component_sets, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["component_set"].queryset = component_sets
        self.fields["component_set"].label_from_instance = lambda found: str(found.name)
        sets = list(component_sets)
        if sets:
            self.fields["component_set"].initial = sets[0].pk
        if len(sets) == 1:
            self.fields["component_set"].widget = forms.HiddenInput()


class DocumentForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.CharField(max_length=80, widget=forms.HiddenInput)
    standard = forms.ChoiceField(label=_("What it is"))
    service_name = TextField(limit=200, label=_("Name of the service"))
    slug = forms.SlugField(
        max_length=80,
        required=False,
        label=_("Short address of a new service"),
        help_text=_("Empty: it follows from the name."),
    )
    language = forms.ChoiceField(choices=settings.LANGUAGES, label=_("Language of the words"))
    becomes = forms.ChoiceField(
        label=_("What becomes of it"),
        choices=[
            (Becomes.DRAFT, _("Working draft")),
            (Becomes.PUBLISHED, _("Published by its decree")),
        ],
        widget=forms.RadioSelect,
        help_text=_(
            "A working draft is gone over and published later. What was published already is "
            "taken over by approvers and administrators."
        ),
    )
    decree_number = TextField(limit=80, required=False, label=_("Number of the decree, as printed"))
    decree_dated_on = forms.DateField(
        required=False, label=_("Date of the decree"), widget=forms.DateInput({"type": "date"})
    )
    decree_title = TextField(limit=200, required=False, label=_("Title of the decree"))
    annex_number = TextField(limit=20, required=False, label=_("Number of the annex"))
    effective_on = forms.DateField(
        required=False, label=_("In force from"), widget=forms.DateInput({"type": "date"})
    )
    number = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=9999,
        label=_("Number of the revision"),
        help_text=_("Empty: the next one. Give it where earlier revisions stay on paper."),
    )

    def __init__(self, *args, standards: list[Standard], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["standard"].choices = [
            (NEW_SERVICE, _("The standard of a new service")),
            *((str(each.pk), _revision_of(each)) for each in standards),
        ]
        for name in ("decree_dated_on", "effective_on"):
            self.fields[name].widget.format = "%Y-%m-%d"

    @classmethod
    def initial_of(cls, found: Preview, *, version: int, seen: str) -> dict:
        wanted = found.wanted
        values = {name: getattr(wanted, name, None) for name in cls.base_fields}
        standard = str(found.standard.pk) if found.standard else NEW_SERVICE
        return values | {"version": version, "seen": seen, "standard": standard}

    def wanted(self, before: DocumentChoices) -> DocumentChoices:
        values = {
            name: value
            for name, value in self.cleaned_data.items()
            if name in DocumentChoices.__dataclass_fields__
        }
        values["becomes"] = Becomes(values["becomes"])
        values["is_new"] = self.cleaned_data["standard"] == NEW_SERVICE
        return replace(before, **values)


def _revision_of(standard: Standard):
    return _("A revision of: %(service)s") % {"service": standard.service}


class ClauseForm(forms.Form):
    component = forms.ChoiceField(required=False, label=_("Component"))
    was = TextField(
        limit=20,
        required=False,
        label=_("Clause before"),
        help_text=_("Its number in the present revision. Empty: it is new."),
    )
    heading = TextField(limit=HEADING_LIMIT, required=False, label=_("Heading"))
    body = TextField(limit=BODY_LIMIT, rows=4, label=_("Words"))
    is_left_out = forms.BooleanField(required=False, label=_("Leave this out"))
    keeps_figures = forms.BooleanField(
        required=False, label=_("What it promises in figures still holds")
    )
    has_records = forms.BooleanField(required=False, label=_("Keep the acts that it cites as data"))

    def __init__(self, *args, found: Preview, index: int, **kwargs):
        self.index, self._found = index, found
        present = found.present
        self._labels = {each.label: each.clause_id for each in present.clauses} if present else {}
        kwargs["initial"] = self._initial()
        super().__init__(*args, prefix=f"k{index}", **kwargs)
        self.fields["component"].choices = [
            ("", _("None yet")),
            *((each.key, f"{each.number}. {each}") for each in found.components),
        ]
        self.fields["was"].widget.attrs["list"] = "clauses-before"
        for name in self._without_use():
            del self.fields[name]

    def _without_use(self) -> list[str]:
        """Questions that do not arise for this clause."""
        wanted = self._found.wanted.clauses[self.index]
        match = self._found.matching.of.get(self.index)
        arises = {
            "was": bool(self._labels),
            "keeps_figures": bool(match and match.old and match.old.target),
            "has_records": bool(citations_in(wanted.component_key, wanted.body)),
        }
        return [name for name, does in arises.items() if not does]

    def _initial(self) -> dict:
        wanted = self._found.wanted.clauses[self.index]
        match = self._found.matching.of.get(self.index)
        return {
            "component": wanted.component_key or "",
            "was": match.old.label if match and match.old else "",
            "heading": wanted.heading,
            "body": wanted.body,
            "is_left_out": wanted.is_left_out,
            "keeps_figures": wanted.keeps_figures,
            "has_records": wanted.has_records,
        }

    def clean_was(self) -> str:
        label = self.cleaned_data["was"]
        if label and label not in self._labels:
            raise forms.ValidationError(
                _("The present revision has no clause %(label)s."), params={"label": label}
            )
        return label

    def wanted(self) -> ClauseChoices:
        """What was guessed and left alone stays a guess."""
        before = self._found.wanted.clauses[self.index]
        data = self.cleaned_data
        was = before.was
        if "was" in data and data["was"] != self.initial["was"]:
            was = self._labels.get(data["was"], NEW)
        return ClauseChoices(
            component_key=data["component"] or None,
            heading=data["heading"],
            body=data["body"],
            is_left_out=data["is_left_out"],
            was=was,
            keeps_figures=data.get("keeps_figures", before.keeps_figures),
            has_records=data.get("has_records", before.has_records),
        )


class BatchFilterForm(forms.Form):
    show = forms.ChoiceField(required=False, choices=Show.choices)

    def chosen(self) -> Show:
        return Show(self.cleaned_data["show"]) if self.is_valid() else Show.ALL
