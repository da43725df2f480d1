"""Several people at the same moment, each with a connection of their own."""

from threading import Barrier, Thread

from django.db import connection

from consultations.kernel.errors import Refused


def at_once(*acts) -> list[str]:
    """How each of them ended, sorted: "done", or the code of the refusal."""
    barrier, ends = Barrier(len(acts)), []

    def run(act):
        try:
            barrier.wait(timeout=20)
            act()
            ends.append("done")
        except Refused as refusal:
            ends.append(refusal.code)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(ends)
