"""The consultation page with many comments against the same page with few."""

import json
from collections.abc import Iterator

from benchmarks.cores import SERVER_CORE, on_core
from benchmarks.figures import Figure
from benchmarks.stage import Stage


def measure_page(stage: Stage) -> Iterator[Figure]:
    plan = stage.plan
    with stage.copy("postgres") as (_folder, url), on_core(SERVER_CORE):
        few = _page_with(stage, url, plan.few_comments)
        many = _page_with(stage, url, plan.many_comments)
        stage.run(url, "verify")
    for kind, name in (("anew", "made anew"), ("followed", "after one more comment")):
        yield Figure(
            f"page {name}, {plan.many_comments:,} against {plan.few_comments:,} comments",
            many[kind] / few[kind],
            "×",
            1.5,
        )
        for count, page in ((plan.few_comments, few), (plan.many_comments, many)):
            note = f"{page['bytes'] / 1024:,.0f} KB uncompressed"
            yield Figure(f"  with {count:,} comments", page[kind], "ms", note=note)


def _page_with(stage: Stage, url: str, comments: int) -> dict:
    stage.run(url, "comments", str(comments))
    return json.loads(stage.run(url, "page", str(stage.plan.page_loads)))
