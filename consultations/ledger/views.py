from django.http import JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition

from consultations.ledger import signing
from consultations.ledger.heads import kept_head
from consultations.ledger.queries import public_checkpoints

_NEWEST = 1000


def _newest(request) -> str:
    newest = public_checkpoints(1)
    return f'"{newest[0].pk if newest else 0}"'


@condition(etag_func=_newest)
@cache_control(public=True, max_age=600)
def checkpoints(request):
    """The signed heads of the public logs, newest first, for whoever wants to hold one outside."""
    heads = [kept_head(checkpoint) for checkpoint in public_checkpoints(_NEWEST)]
    return JsonResponse({"public_key": signing.public_key(), "heads": heads})
