from asgiref.sync import sync_to_async
from django.http import StreamingHttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from consultations.kernel.paging import after_of
from consultations.kernel.serving import serve
from consultations.ledger.heads import published_keys, sign_head
from consultations.pages.queries.record import record_lines, record_page, write_lines
from consultations.proceedings.queries import get_consultation


@require_safe
def record(request, slug):
    consultation = get_consultation(slug, request.user)
    log = consultation.log

    def build():
        context = {
            "consultation": consultation,
            "record": record_page(consultation, after_of(request.GET.get("after"))),
            "head": sign_head(log),
            "keys": published_keys(),
        }
        return render(request, "pages/record.html", context)

    return serve(request, (log.pk, log.epoch, log.head_seq, str(published_keys())), build)


@require_safe
def record_jsonl(request, slug):
    """The whole record, or what came after `?after=`; streamed, whatever its size."""
    log = get_consultation(slug, request.user).log
    after = after_of(request.GET.get("after")) or 0
    etag = f'"{log.pk}-{log.epoch}-{log.head_seq}-{after}"'
    response = get_conditional_response(request, etag=etag) or StreamingHttpResponse(
        _stream(log, after), content_type="application/x-ndjson"
    )
    response["ETag"] = etag
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    # Django gzips each piece of an asynchronous stream by itself; many readers stop at the first.
    response["Content-Encoding"] = "identity"
    return response


async def _stream(log, after):
    """Up to the head as it was when somebody asked; what comes meanwhile is the next answer's."""
    while lines := await sync_to_async(record_lines)(log, after):
        yield write_lines([line for line in lines if line["seq"] <= log.head_seq])
        after = lines[-1]["seq"]
        if after >= log.head_seq:
            return
