"""How much is measured: the figures of DESIGN §11, or a few seconds to see that all of it works."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    viewers: int = 1000
    authors: int = 64
    spaced_comments: int = 200
    spaced_seconds: float = 0.15
    burst_rate: float = 170.0
    burst_seconds: float = 30.0
    steady_rate: float = 5.0
    steady_seconds: float = 30.0
    textbook_comments: int = 20
    textbook_seconds: float = 1.0
    block_seconds: float = 3.0
    blocks: int = 5
    few_comments: int = 1_000
    many_comments: int = 100_000
    page_loads: int = 30
    deaf_viewers: int = 50
    diff_runs: int = 11
    export_runs: int = 7
    import_runs: int = 3
    services: int = 20_000
    searches: int = 11


QUICK = Plan(
    viewers=100,
    authors=8,
    spaced_comments=10,
    burst_rate=40.0,
    burst_seconds=1.0,
    steady_seconds=1.0,
    textbook_comments=3,
    textbook_seconds=0.2,
    block_seconds=0.3,
    blocks=2,
    few_comments=20,
    many_comments=60,
    page_loads=3,
    deaf_viewers=10,
    diff_runs=1,
    export_runs=1,
    import_runs=1,
    services=60,
    searches=1,
)
