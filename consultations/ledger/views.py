from django.http import JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition

from consultations.ledger import signing
from consultations.ledger.heads import kept_head, published_keys
from consultations.ledger.queries import public_checkpoints

_NEWEST = 1000


def _newest(request) -> str:
    newest = public_checkpoints(1)
    return f'"{newest[0].pk if newest else 0}-{signing.present_key().id}"'


@condition(etag_func=_newest)
@cache_control(public=True, max_age=600)
def checkpoints(request):
    """The signed heads of the public logs, newest first, for whoever wants to hold one outside."""
    heads = [kept_head(checkpoint) for checkpoint in public_checkpoints(_NEWEST)]
    return JsonResponse(published_keys() | {"heads": heads})
