"""Comments accepted by one process, beside a bare view with the same middleware, session, CSRF
and SQL: what the way that Rembuk is built costs."""

import asyncio
import statistics
from collections.abc import Iterator

from benchmarks.addresses import BARE
from benchmarks.figures import Figure
from benchmarks.posting import Desk, as_fast_as_they_can
from benchmarks.stage import Scene, Stage

_AT_ONCE = 8


def measure_accepting(stage: Stage) -> Iterator[Figure]:
    for database, name in (("sqlite", "SQLite"), ("postgres", "PostgreSQL")):
        # The bare view's numbers are its own, and so is its database.
        with stage.copy(database) as (folder, url), stage.scene(database) as scene:
            recorded = folder / "statements.pickle"
            stage.run(url, "statements", str(recorded), scene.sessions[0])
            settings = {
                "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
                "BENCHMARK_STATEMENTS": str(recorded),
            }
            with stage.serve(database, folder, url, **settings) as bare_scene:
                comments, bare = asyncio.run(_alternate(scene, bare_scene))
        ratio = statistics.median(comments) / statistics.median(bare)
        yield Figure(f"comments against a bare view, {name}", ratio, "×", 0.9, at_least=True)
        yield Figure("  comments accepted", statistics.median(comments), "/s")
        yield Figure("  bare view", statistics.median(bare), "/s")


async def _alternate(scene: Scene, bare_scene: Scene) -> tuple[list[float], list[float]]:
    """Blocks in turn, so that what else the machine does falls on both."""
    desk, bare_desk = scene.desk(_AT_ONCE), bare_scene.desk(_AT_ONCE, path=BARE)
    await desk.warm_up()
    await bare_desk.warm_up()
    comments, bare = [], []
    for _ in range(scene.plan.blocks):
        comments.append(await _block(desk, scene.plan.block_seconds))
        bare.append(await _block(bare_desk, scene.plan.block_seconds))
    desk.close()
    bare_desk.close()
    return comments, bare


async def _block(desk: Desk, seconds: float) -> float:
    async def call() -> int:
        return (await desk.post()).status

    return await as_fast_as_they_can(len(desk.authors), call, seconds)
