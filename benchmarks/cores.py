"""The server has one core, the clients and the databases the other (DESIGN §11).

What a process starts inherits its core, so pinning is done around the start. Where a machine
cannot pin, or has one core, everything shares; the results say so.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

_CAN_PIN = hasattr(os, "sched_setaffinity")
_CORES = sorted(os.sched_getaffinity(0)) if _CAN_PIN else [0]
SERVER_CORE, CLIENT_CORE = _CORES[0], _CORES[min(1, len(_CORES) - 1)]


@contextmanager
def on_core(core: int) -> Iterator[None]:
    if not _CAN_PIN:
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
