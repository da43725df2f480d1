"""Serve Rembuk: the web server and one background worker, started and stopped together.

    python -m forum.serve --bind 127.0.0.1 --port 8000

SIGINT, SIGTERM or a closed terminal stops both; what has not ended after the grace time is
killed. If the web server dies, the worker is stopped too and the exit status is 1. A worker that
dies is started again, since a database that restarts takes it along; one that keeps dying stops
everything. Should this process itself be killed, the kernel ends its children (Linux).
"""

import argparse
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

STOP_SIGNALS = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
WATCHED_SIGNALS = STOP_SIGNALS | {signal.SIGCHLD}
GRACE_SECONDS = 8.0
RESTARTS_A_MINUTE = 5
_PR_SET_PDEATHSIG = 1


def end_with_parent(parent: int, signum: int) -> None:
    """Ask the kernel to send `signum` to this process when its parent `parent` has ended."""
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signum)
    if os.getppid() != parent:  # it ended before we asked
        os.kill(os.getpid(), signum)


@dataclass
class Child:
    """One program in a process group of its own, so that all of it can be stopped."""

    name: str
    command: Sequence[str]
    restarts: bool = False
    pause_seconds: float = 1.0
    parent_death_signal: int = signal.SIGKILL
    process: subprocess.Popen | None = None
    starts_at: float = 0.0
    deaths: list[float] = field(default_factory=list)

    def start(self) -> None:
        self.process = subprocess.Popen(
            self.command, process_group=0, preexec_fn=self._before_exec(os.getpid())
        )

    def _before_exec(self, supervisor: int) -> Callable[[], None]:
        def prepare() -> None:
            signal.pthread_sigmask(signal.SIG_SETMASK, [])
            # A shell that starts us in the background has them ignored, which would be inherited.
            for signum in STOP_SIGNALS:
                signal.signal(signum, signal.SIG_DFL)
            end_with_parent(supervisor, self.parent_death_signal)

        return prepare

    def keep_alive(self, now: float) -> bool:
        """Start it when its time has come; False when it has ended for good."""
        if self.process is None:
            if now >= self.starts_at:
                self.start()
            return True
        status = self.process.poll()
        if status is None:
            return True
        say(f"{self.name} has ended with {_describe(status)}")
        self._send(signal.SIGKILL)
        self.process = None
        self.deaths = [at for at in self.deaths if at > now - 60] + [now]
        self.starts_at = now + len(self.deaths) * self.pause_seconds
        return self.restarts and len(self.deaths) <= RESTARTS_A_MINUTE

    def stop(self, deadline: float) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            say(f"{self.name} did not stop in time and is killed")
        self._send(signal.SIGKILL)  # also what it may have left in its group
        self.process.wait()

    def terminate(self) -> None:
        self._send(signal.SIGTERM)

    def _send(self, signum: int) -> None:
        if self.process is not None:
            try:
                os.killpg(self.process.pid, signum)
            except ProcessLookupError:
                pass


def supervise(children: Sequence[Child], *, grace_seconds: float = GRACE_SECONDS) -> int:
    """Run until asked to stop (0) or until a child has ended for good (1). Leaves nothing."""
    signal.pthread_sigmask(signal.SIG_BLOCK, WATCHED_SIGNALS)
    for signum in STOP_SIGNALS:
        signal.signal(signum, signal.SIG_DFL)
    status = None
    try:
        while status is None:
            now = time.monotonic()
            ended = [child for child in children if not child.keep_alive(now)]
            if ended:
                status = 1
            elif (received := signal.sigtimedwait(WATCHED_SIGNALS, 0.25)) is not None:
                if received.si_signo in STOP_SIGNALS:
                    status = 0
    finally:
        deadline = time.monotonic() + grace_seconds
        for child in children:
            child.terminate()
        for child in children:
            child.stop(deadline)
    return status


def commands(*, bind: str, port: int, reload: bool) -> list[Child]:
    python, manage = sys.executable, [sys.executable, "manage.py"]
    if reload:
        # Their reloaders are parents themselves and end their own children on SIGTERM only.
        at_death = signal.SIGTERM
        web = [*manage, "runserver", f"{bind}:{port}"]
        work = [*manage, "worker", "--reload", "--no-startup-delay"]
    else:
        at_death = signal.SIGKILL
        web = [python, "-m", "forum.server", "--bind", bind, "--port", str(port)]
        work = [*manage, "worker", "--no-reload", "--no-startup-delay"]
    return [
        Child("The web server", web, parent_death_signal=at_death),
        Child("The worker", work, restarts=True, parent_death_signal=at_death),
    ]


def say(sentence: str) -> None:
    print(f"serve: {sentence}", file=sys.stderr, flush=True)


def _describe(status: int) -> str:
    return signal.Signals(-status).name if status < 0 else f"status {status}"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m forum.serve", description=__doc__)
    parser.add_argument("--bind", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--reload", action="store_true", help="development: reload on change")
    parser.add_argument(
        "--with-parent", action="store_true", help="stop when the parent process has ended"
    )
    options = parser.parse_args(arguments)
    if options.with_parent:
        end_with_parent(os.getppid(), signal.SIGTERM)
    os.chdir(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    host = "localhost" if options.bind in {"127.0.0.1", "0.0.0.0", "::1", "::"} else options.bind
    say(f"http://{host}:{options.port}/ (Ctrl-C stops it)")
    return supervise(commands(bind=options.bind, port=options.port, reload=options.reload))


if __name__ == "__main__":
    sys.exit(main())
