"""“What changes for you” and plain questions: what citizens meet first."""

from django.contrib import messages
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from consultations.kernel.errors import Conflict, Invalid
from consultations.kernel.forms import show_refusal
from consultations.standards import actions
from consultations.standards.actions import ExplanationChanged, Question
from consultations.standards.assisting import propose_explanation
from consultations.standards.digests import digest_explanation
from consultations.standards.forms.drafting import ExplanationForm
from consultations.standards.models import Revision
from consultations.standards.queries.drafting import clauses_of, languages
from consultations.standards.views.drafting.loading import (
    Desk,
    keeping_typed,
    load_draft,
    load_to_edit,
    reader_language,
    the_clause,
)


@never_cache
def explanation(request, agency, service):
    load = load_to_edit if request.method == "POST" else load_draft
    desk = load(request, agency, service)
    clauses = clauses_of(desk.draft, reader_language())
    if request.method != "POST":
        return _page(desk, ExplanationForm(initial=_present(desk.draft), clauses=clauses))
    if "propose" in request.POST:
        return _propose(desk, clauses)
    form = ExplanationForm(request.POST, clauses=clauses)
    if not form.is_valid():
        return _page(desk, form, status=422)
    try:
        _explain(desk, form)
    except ExplanationChanged as refusal:
        return _changed(desk, clauses, refusal)
    except (Conflict, Invalid) as refusal:
        show_refusal(form, refusal)
        return _page(desk, form, status=refusal.status)
    messages.success(request, _("The explanation is saved in the draft."))
    return desk.to("draft_explanation")


def _explain(desk: Desk, form: ExplanationForm) -> None:
    with keeping_typed(desk.request):
        actions.explain_revision(
            actor=desk.user,
            revision=desk.draft,
            summary=form.summary(),
            questions=[
                Question(text, [the_clause(desk, clause_id) for clause_id in ids])
                for text, ids in form.questions()
            ],
            expected_digest=form.cleaned_data["seen"],
            at=desk.at,
        )


def _present(draft: Revision) -> dict:
    questions = [
        (question.text, [clause.pk for clause in question.clauses.all()])
        for question in draft.questions.prefetch_related("clauses").order_by("position")
    ]
    return _filled_in(draft.summary, questions) | {"seen": digest_explanation(draft)}


def _filled_in(summary: dict, questions) -> dict:
    """As the form's fields are called."""
    values = {f"summary_{code}": summary.get(code, "") for code in languages()}
    for number, (text, clause_ids) in enumerate(questions, 1):
        values |= {f"question_{number}_{code}": text.get(code, "") for code in languages()}
        values[f"clauses_{number}"] = list(clause_ids)
    return values


def _propose(desk: Desk, clauses):
    """Fills in what is still empty; nothing that a person wrote is replaced, nothing is saved."""
    given = ExplanationForm(desk.request.POST, clauses=clauses)
    given.is_valid()
    typed = given.cleaned_data
    proposed = propose_explanation(desk.draft, languages())
    questions = [(each.text, each.clause_ids) for each in proposed.questions]
    values = _filled_in(proposed.summary, questions)
    values |= {name: value for name, value in typed.items() if value}
    return _page(desk, ExplanationForm(initial=values, clauses=clauses), proposed=True)


def _changed(desk: Desk, clauses, refusal: ExplanationChanged):
    """What was typed stays in the form; what stands in the draft now is shown beside it, and the
    next sending writes over that, seen."""
    desk.draft.refresh_from_db(fields=["summary"])
    data = desk.request.POST.copy()
    data["seen"] = digest_explanation(desk.draft)
    return _page(
        desk,
        ExplanationForm(data, clauses=clauses),
        status=refusal.status,
        refusal=refusal,
        theirs=desk.draft,
    )


def _page(desk: Desk, form: ExplanationForm, status: int = 200, **more):
    return desk.page(
        "explanation",
        "explanation",
        status=status,
        form=form,
        rows=[_question_fields(form, number) for number in range(1, actions.MOST_QUESTIONS + 1)],
        summaries=[form[f"summary_{code}"] for code in languages()],
        may_propose=desk.draft.based_on is not None,
        **more,
    )


def _question_fields(form: ExplanationForm, number: int) -> dict:
    texts = [form[f"question_{number}_{code}"] for code in languages()]
    clauses = form[f"clauses_{number}"]
    is_open = number == 1 or any(text.value() for text in texts) or bool(clauses.value())
    return {"number": number, "texts": texts, "clauses": clauses, "is_open": is_open}
