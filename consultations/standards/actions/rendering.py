"""The HTML of words is a cache: it is made anew when the renderer has been mended."""

from django.db import transaction

from consultations.richtext.rendering import RENDERER_VERSION, render_words
from consultations.standards.models import Wording


def render_words_anew(*, batch_size: int = 500) -> int:
    """Renders what an older renderer wrote; how many that were. Safe to repeat and to interrupt.

    Words whose plain text would be another now keep their old HTML: anchors count in it.
    """
    stale = Wording.objects.exclude(renderer_version=RENDERER_VERSION).order_by("pk")
    count, last = 0, 0
    while batch := list(stale.filter(pk__gt=last)[:batch_size]):
        last = batch[-1].pk
        for wording in batch:
            rendered = render_words(wording.body)
            if rendered.plain == wording.plain:
                wording.html = rendered.html
            wording.renderer_version = RENDERER_VERSION
        with transaction.atomic():
            Wording.objects.bulk_update(batch, ["html", "renderer_version"])
        count += len(batch)
    return count
