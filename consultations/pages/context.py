"""What the frame of every page needs."""

from django.conf import settings

from consultations.notices.queries import unread_count


def site(request):
    """The site's name, and for who is signed in the number of unread notices (one query)."""
    user = getattr(request, "user", None)
    context = {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL}
    if user is not None and user.is_authenticated:
        context["unread"] = unread_count(user)
    return context
