"""A thousand viewers: how soon the last of them has a comment, what one costs, how much they take,
and what they do to those who read and write meanwhile."""

import asyncio
import gc
from collections.abc import Iterator

from benchmarks.addresses import PAGE
from benchmarks.figures import Figure, percentile
from benchmarks.plan import Plan
from benchmarks.posting import Connection, Posted, on_schedule
from benchmarks.stage import Scene, Stage
from benchmarks.viewers import Crowd

_CATCH_UP_SECONDS = 30.0


def measure_announcing(stage: Stage) -> Iterator[Figure]:
    """Spaced comments, and the memory of those who wait for them."""
    with stage.scene() as scene:
        yield from asyncio.run(_announce(scene))


async def _announce(scene: Scene) -> list[Figure]:
    plan, desk = scene.plan, scene.desk(scene.plan.authors)
    await desk.warm_up()
    crowd = scene.crowd()
    # A few first: what the server makes once for all viewers is not theirs.
    head = await desk.warm_up()
    await crowd.join(scene.cookies(10), after=head)
    await crowd.until((await desk.post()).seq, 10)
    before = scene.memory()
    head = (await desk.post()).seq
    await crowd.join(scene.cookies(plan.viewers), after=head)
    await asyncio.sleep(1)
    each = (scene.memory() - before) / plan.viewers
    crowd.forget()
    posted = await on_schedule(
        lambda due_at: desk.post(due_at=due_at),
        rate=1 / plan.spaced_seconds,
        count=plan.spaced_comments,
    )
    taken, notes = await _delivered(crowd, posted)
    after = (scene.memory() - before) / plan.viewers
    frames = list(crowd.frames)
    crowd.leave()
    desk.close()
    size = sum(map(len, frames)) / max(1, len(frames)) / 1024
    return [
        Figure(
            f"one comment to the last of {plan.viewers:,} viewers, p99",
            percentile(taken, 0.99) * 1000,
            "ms",
            100,
            note="; ".join(notes) or f"frames of {size:.1f} KB",
        ),
        Figure("  the same, median", percentile(taken, 0.5) * 1000, "ms"),
        Figure("memory per signed-in viewer", each / 1024, "KB", 32),
        Figure(f"  after {plan.spaced_comments} comments", after / 1024, "KB"),
    ]


def measure_burst(stage: Stage) -> Iterator[Figure]:
    """As many comments as a town meeting could write, for half a minute."""
    with stage.scene() as scene:
        yield from asyncio.run(_burst(scene))


async def _burst(scene: Scene) -> list[Figure]:
    plan = scene.plan
    crowd, desk = await scene.visit(viewers=plan.viewers)
    crowd.forget()
    count = int(plan.burst_rate * plan.burst_seconds)
    gc.disable()  # of the client; it would stop everybody's clock
    posted = await on_schedule(
        lambda due_at: desk.post(due_at=due_at), rate=plan.burst_rate, count=count
    )
    taken, notes = await _delivered(crowd, posted)
    gc.enable()
    crowd.leave()
    desk.close()
    return _burst_figures(plan, posted, taken, notes)


def _burst_figures(
    plan: Plan, posted: list[Posted], taken: list[float], notes: list[str]
) -> list[Figure]:
    ended = max(post.due_at + post.took for post in posted)
    began = min(post.due_at for post in posted)
    accepted = [post for post in posted if post.is_accepted]
    name = f"{plan.burst_rate:.0f} comments/s for {plan.burst_seconds:.0f} s"
    return [
        Figure(
            f"{name} to {plan.viewers:,} viewers, p99",
            percentile(taken, 0.99) * 1000,
            "ms",
            1000,
            note="; ".join(notes) or "all once and in order",
        ),
        Figure("  the same, median", percentile(taken, 0.5) * 1000, "ms"),
        Figure(
            "  accepted per second",
            len(accepted) / (ended - began),
            "/s",
            plan.burst_rate * 0.98,
            at_least=True,
        ),
        Figure(
            "  answer to the author, p99", percentile([p.took for p in posted], 0.99) * 1000, "ms"
        ),
        Figure(
            "  events delivered",
            len(accepted) * plan.viewers / (ended - began),
            "/s",
        ),
        Figure("  comments or viewers with a fault", float(len(notes)), "", 0),
    ]


def measure_steady(stage: Stage) -> Iterator[Figure]:
    """Pages and posts while a crowd looks on, against the same server when idle."""
    with stage.scene() as scene:
        yield from asyncio.run(_steady(scene))


async def _steady(scene: Scene) -> list[Figure]:
    plan, desk = scene.plan, scene.desk(scene.plan.authors)
    await desk.warm_up()
    count = int(plan.steady_rate * plan.steady_seconds)
    reader = Connection(*scene.address)
    await _read(reader, 5)
    idle_pages = await _read(reader, 2 * count)
    idle_posts = [(await desk.post()).took for _ in range(count)]
    crowd, busy_desk = await scene.visit(viewers=plan.viewers)
    gc.disable()  # of the client, as above
    posting = asyncio.ensure_future(
        on_schedule(
            lambda due_at: busy_desk.post(due_at=due_at), rate=plan.steady_rate, count=count
        )
    )
    pages = []
    while not posting.done():
        pages += await _read(reader, 1)
        await asyncio.sleep(0.1)
    posted = await posting
    gc.enable()
    _taken, notes = await _delivered(crowd, posted)
    crowd.leave()
    busy_desk.close()
    reader.close()
    busy_posts = [post.took for post in posted]
    return [
        *_beside_idle("page", plan, idle_pages, pages, notes),
        *_beside_idle("post", plan, idle_posts, busy_posts, notes),
    ]


def _beside_idle(
    name: str, plan: Plan, idle: list[float], busy: list[float], notes: list[str]
) -> list[Figure]:
    idle_p99 = percentile(idle, 0.99) * 1000
    return [
        Figure(
            f"{name} at {plan.steady_rate:.0f} posts/s with {plan.viewers:,} viewers, p99",
            percentile(busy, 0.99) * 1000,
            "ms",
            2 * idle_p99 + 20,
            note="; ".join(notes),
        ),
        Figure("  the same server idle, p99", idle_p99, "ms"),
        Figure("  medians, busy", percentile(busy, 0.5) * 1000, "ms"),
        Figure("  medians, idle", percentile(idle, 0.5) * 1000, "ms"),
    ]


async def _read(reader: Connection, count: int) -> list[float]:
    replies = [await reader.get(PAGE) for _ in range(count)]
    if strange := {reply.status for reply in replies} - {200}:
        raise RuntimeError(f"The page answered {strange}")
    return [reply.took for reply in replies]


async def _delivered(crowd: Crowd, posted: list[Posted]) -> tuple[list[float], list[str]]:
    """Seconds from each POST to its last viewer, and what was not as promised."""
    accepted = [post for post in posted if post.is_accepted]
    notes = []
    if refused := [post for post in posted if not post.is_accepted]:
        notes.append(f"{len(refused)} refused: {refused[0].status} {refused[0].answer[:80]!r}")
    everybody = len(crowd.viewers)
    if not await crowd.until(max(post.seq for post in accepted), _CATCH_UP_SECONDS):
        notes.append("not all viewers have all")
    if gone := everybody - len(crowd.open_viewers):
        notes.append(f"{gone} viewers cut off")
    if crowd.problems:
        notes.append(f"{len(crowd.problems)} faults of order: {crowd.problems[0]}")
    arrivals, taken = crowd.arrivals(), []
    for post in accepted:
        arrival = arrivals.get(post.seq)
        if arrival is None or arrival.receivers != everybody:
            got = arrival.receivers if arrival else 0
            notes.append(f"entry {post.seq} came {got} times to {everybody}")
        elif post.body[:20] not in arrival.event["html"]:
            notes.append(f"entry {post.seq} does not hold its comment")
        if arrival:
            taken.append(arrival.last_at - post.due_at)
    return taken, _shortened(notes)


def _shortened(notes: list[str]) -> list[str]:
    return notes if len(notes) <= 3 else [*notes[:3], f"and {len(notes) - 3} more"]
