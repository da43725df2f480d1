"""The hub beside the textbook's consumers, with the same viewers, comments and server."""

import asyncio
from collections.abc import Iterator

from benchmarks.figures import Figure, percentile
from benchmarks.posting import Posted, on_schedule
from benchmarks.stage import Scene, Stage
from benchmarks.viewers import Crowd

_TEXTBOOK = ("-m", "daphne", "benchmarks.textbook:application")
_PATIENCE_SECONDS = 60.0


def measure_textbook(stage: Stage) -> Iterator[Figure]:
    measured = {}
    for name, command in (("ours", ()), ("textbook", _TEXTBOOK)):
        with stage.scene(command=command) as scene:
            measured[name] = asyncio.run(_announce(scene))
    for name, (spaced, events) in measured.items():
        yield Figure(f"  {name}: spaced comment to the last viewer, median", spaced * 1000, "ms")
        yield Figure(f"  {name}: events delivered when posted at once", events, "/s")
    (ours, ours_events), (textbook, textbook_events) = measured["ours"], measured["textbook"]
    yield Figure("time to the last viewer, textbook against ours", textbook / ours, "×")
    yield Figure("events/s, ours against textbook", ours_events / textbook_events, "×")


async def _announce(scene: Scene) -> tuple[float, float]:
    """Seconds to the last viewer of spaced comments, and events/s when all come at once."""
    plan = scene.plan
    crowd, desk = await scene.visit(viewers=plan.viewers)
    count = plan.textbook_comments
    spaced = await on_schedule(
        lambda due_at: desk.post(due_at=due_at), rate=1 / plan.textbook_seconds, count=count
    )
    times = [last_at - due_at for due_at, last_at in await _last_arrivals(crowd, spaced)]
    at_once = await on_schedule(lambda due_at: desk.post(due_at=due_at), rate=1000, count=count)
    arrivals = await _last_arrivals(crowd, at_once)
    seconds = max(last for _, last in arrivals) - min(due for due, _ in arrivals)
    crowd.leave()
    desk.close()
    return percentile(times, 0.5), count * plan.viewers / seconds


async def _last_arrivals(crowd: Crowd, posted: list[Posted]) -> list[tuple[float, float]]:
    """When each was due and when the last viewer had it. The textbook's way keeps no order."""
    everybody, wanted = len(crowd.viewers), {post.seq: post for post in posted}
    waited = 0.0
    while waited < _PATIENCE_SECONDS:
        arrivals = crowd.arrivals()
        if all(seq in arrivals and arrivals[seq].receivers == everybody for seq in wanted):
            return [(post.due_at, arrivals[seq].last_at) for seq, post in wanted.items()]
        await asyncio.sleep(0.1)
        waited += 0.1
    raise RuntimeError(f"after {_PATIENCE_SECONDS:.0f} s not all viewers have all comments")
