"""Viewers at their worst: those who never read, and a thousand who come back at once."""

import asyncio
import time
from collections.abc import Iterator

from benchmarks.figures import Figure
from benchmarks.posting import Desk, on_schedule
from benchmarks.stage import Scene, Stage
from benchmarks.viewers import Crowd, DeafCrowd, until

_PATIENCE_SECONDS = 20.0
_LONG = "Loket tutup sebelum waktunya, dan warga dari desa pulang dengan tangan hampa. " * 100
_MISSED = 20  # comments, while everybody was away


def measure_deaf(stage: Stage) -> Iterator[Figure]:
    with stage.scene() as scene:
        yield from asyncio.run(_ignore(scene))


async def _ignore(scene: Scene) -> list[Figure]:
    """Long comments until all who do not read are cut off, beside some who do."""
    plan = scene.plan
    crowd, desk = await scene.visit(viewers=20)
    head = crowd.viewers[0].after
    before = scene.memory()
    deaf = DeafCrowd()
    await deaf.join(crowd, plan.deaf_viewers, after=head, cookie=scene.cookies(1)[0])
    posting = asyncio.ensure_future(_keep_posting(desk))
    filled = await _until_full(crowd)
    most, all_cut = 0, False
    while not all_cut and time.perf_counter() < filled + _PATIENCE_SECONDS:
        most = max(most, scene.memory() - before)
        all_cut = await until(deaf.all_are_cut, 0.05)
    posting.cancel()
    await asyncio.gather(posting, return_exceptions=True)
    deaf.leave()
    faults = len(crowd.problems) + len(crowd.viewers) - len(crowd.open_viewers)
    crowd.leave()
    desk.close()
    longest = max(deaf.cut_at.values()) - filled if all_cut else _PATIENCE_SECONDS
    return [
        Figure(f"{plan.deaf_viewers} viewers who never read, cut off after", longest, "s", 5),
        Figure(
            "  memory of the server for each, at most", most / plan.deaf_viewers / 1024, "KB", 256
        ),
        Figure("  readers who were disturbed", float(faults), "", 0),
    ]


async def _keep_posting(desk: Desk) -> None:
    while True:
        await on_schedule(lambda due_at: desk.post(words=_LONG), rate=20, count=20)


async def _until_full(crowd: Crowd) -> float:
    """When more has been sent to each than all buffers hold: from then on they are in the way."""
    crowd.forget()
    share = 200_000 * len(crowd.viewers)
    if not await until(lambda: crowd.bytes_received > share, 60):
        raise RuntimeError("the readers did not get what was posted")
    return time.perf_counter()


def measure_returning(stage: Stage) -> Iterator[Figure]:
    with stage.scene() as scene:
        yield from asyncio.run(_return(scene))


async def _return(scene: Scene) -> list[Figure]:
    plan = scene.plan
    crowd, desk = await scene.visit(viewers=plan.viewers)
    head = crowd.viewers[0].after
    crowd.leave()
    crowd.forget()
    for _ in range(_MISSED):
        newest = (await desk.post()).seq
    start = time.perf_counter()
    await crowd.join(scene.cookies(plan.viewers), after=head, at_once=plan.viewers)
    joined = time.perf_counter() - start
    caught_up = await crowd.until(newest, 30)
    took = time.perf_counter() - start
    arrivals = crowd.arrivals()
    lost = sum(
        plan.viewers - (arrivals[seq].receivers if seq in arrivals else 0)
        for seq in range(head + 1, newest + 1)
    )
    faults = len(crowd.problems) + abs(lost) + (not caught_up)
    crowd.leave()
    desk.close()
    name = f"{plan.viewers:,} viewers back at once, all caught up after"
    return [
        Figure(name, took, "s", 5, note=f"{_MISSED} comments missed"),
        Figure("  all let in after", joined, "s"),
        Figure("  events lost or twice", float(faults), "", 0),
    ]
