"""The consultation page in parts as HTML: what changes seldom, and each clause with its thread."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from consultations.pages.queries.reading import ClauseBlock, ComponentBlock, ConsultationPage
from consultations.pages.rendering import keep, threads_key

_PARTS = {
    "asked": "pages/_asked.html",
    "contents": "pages/_contents_list.html",
    "management": "pages/_management.html",
    "sessions": "pages/_sessions.html",
    "whole": "pages/_whole.html",
}


def add_html(page: ConsultationPage, *, takes_comments: bool) -> None:
    """Gives each clause `clause_html` and `thread_html`, and the page its parts. What has its HTML
    already keeps it."""
    context = {
        "consultation": page.consultation,
        "takes_comments": takes_comments,
        "page": page,
    }
    session = page.live_meeting.get_absolute_url() if page.live_meeting else ""
    for component in page.reading.components if page.reading else ():
        for clause in component.clauses:
            if clause.has_html:
                continue
            key = _key(clause, component, context, session)
            parts = context | {"clause": clause, "component": component}
            clause.clause_html = _part("pages/_clause.html", key, parts)
            clause.thread_html = _part("pages/_thread.html", key, parts)
    for name, template in _PARTS.items():
        if name not in page.html:
            page.html[name] = render_to_string(template, context)


def _part(template: str, key: tuple, context: dict) -> SafeString:
    return keep((template, *key), lambda: render_to_string(template, context))


def _key(clause: ClauseBlock, component: ComponentBlock, context: dict, session: str) -> tuple:
    return (
        context["consultation"].slug,
        context["takes_comments"],
        component.sum_id,
        clause.words.wording_id,
        clause.words.digest,
        clause.html,
        clause.url,
        clause.wording_ids,
        clause.tally.total,
        clause.tally.unanswered,
        clause.tally.official,
        tuple(clause.tally.stances.items()),
        clause.is_chosen,
        session if clause.is_on_table else None,
        threads_key(clause.threads),
    )
