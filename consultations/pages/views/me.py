from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from consultations.kernel.paging import after_of
from consultations.notices.queries import inbox
from consultations.pages.forms import ShowForm
from consultations.pages.queries.mine import Show, my_comments, my_counts


@login_required
@never_cache
@require_safe
def me(request):
    show = ShowForm(request.GET).chosen()
    counts = my_counts(request.user)
    context = {
        "counts": counts,
        "mine": my_comments(request.user, show, after_of(request.GET.get("after"))),
        "notices": inbox(request.user, after=after_of(request.GET.get("notices")), size=5),
        "tabs": [
            {
                "url": f"?show={one.value}" if one != Show.ALL else request.path,
                "label": one.label,
                "count": counts[one.value],
                "is_current": one == show,
            }
            for one in Show
        ],
    }
    return render(request, "pages/me.html", context)
