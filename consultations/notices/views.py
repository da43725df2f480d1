from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from consultations.notices import actions, queries


@login_required
@never_cache
@require_GET
def notice(request, notice_id: int):
    """Leads to what the notice is about; opening it is reading it."""
    line = queries.get_notice(request.user, notice_id)
    actions.mark_read(actor=request.user, notice_ids=[line.id], at=timezone.now())
    return redirect(line.url)


@login_required
@require_POST
def read_notices(request):
    actions.mark_read(actor=request.user, at=timezone.now())
    return redirect("me")
