"""Forms for targets: proper fields for each kind, and the JSON when they are valid.

form = form_for("fee", request.POST or None, initial=clause.target)
if form.is_valid(): set_target(…, target=form.target)
"""

from consultations.standards.targets.forms import kinds as _kinds
from consultations.standards.targets.forms.base import TargetForm as TargetForm

FORMS: dict[str, type[TargetForm]] = {
    form.kind: form
    for form in (
        _kinds.TimeForm,
        _kinds.FeeForm,
        _kinds.RequirementsForm,
        _kinds.HoursForm,
        _kinds.ChannelsForm,
        _kinds.StaffForm,
        _kinds.ProductForm,
        _kinds.CitationsForm,
        _kinds.AvailabilityForm,
    )
}


def form_for(
    kind: str, data=None, *, initial: dict | None = None, prefix: str = "target"
) -> TargetForm:
    """`data` as it was posted, or None; `initial`: the target that is there, of whatever kind."""
    return FORMS[kind](data, initial=initial, prefix=prefix)
