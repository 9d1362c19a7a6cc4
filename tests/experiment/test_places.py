"""Workers that die are replaced, and cost no more than what they were doing."""

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import BrokenExecutor, Future
from pathlib import Path

import pytest
from loky import get_reusable_executor

from sim.experiment.places import LIVES, Here, as_finished, lasting, place


def children():
    """Processes that this one has started and that still run."""
    me = os.getpid()
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(words[1]) == me and words[0] not in "ZX":
            found.append(int(status.parent.name))
    return found


def runs(number):
    """Whether a process is there and not only its name."""
    try:
        return Path("/proc", str(number), "stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def test_what_kills_its_worker_is_given_up_and_the_rest_is_done(tmp_path):
    folder = str(tmp_path)

    def work(number):
        if number == 2:
            Path(folder, f"death-{time.monotonic_ns()}").touch()
            os._exit(1)
        return 10 * number

    left = {finished.work: finished.left for finished in lasting(work, range(6), workers=2)}
    assert isinstance(left.pop(2), BrokenExecutor)
    assert left == {number: 10 * number for number in (0, 1, 3, 4, 5)}
    assert len(list(tmp_path.iterdir())) == LIVES


ORPHANS = """
import os, time
from pathlib import Path
from sim.experiment.places import lasting

def work(number):
    Path({folder!r}, str(os.getpid())).touch()
    time.sleep(60)

list(lasting(work, range(2), workers=2))
"""


def test_workers_go_with_a_parent_that_is_killed(tmp_path, root):
    script = tmp_path / "script.py"
    folder = tmp_path / "workers"
    folder.mkdir()
    script.write_text(ORPHANS.format(folder=str(folder)))
    parent = subprocess.Popen([sys.executable, str(script)], env={**os.environ, "PYTHONPATH": str(root)})
    deadline = time.monotonic() + 60
    while len(list(folder.iterdir())) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    parent.kill()
    parent.wait()
    workers = [int(one.name) for one in folder.iterdir()]
    deadline = time.monotonic() + 20
    while any(map(runs, workers)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert len(workers) == 2
    assert not any(map(runs, workers))


def test_a_worker_that_is_killed_is_replaced():
    get_reusable_executor(1).shutdown(wait=True)
    before = set(children())

    def work(number):
        time.sleep(0.3)
        return os.getpid()

    def kill():
        while len(started := set(children()) - before) < 2:
            time.sleep(0.05)
        time.sleep(0.5)
        os.kill(max(started), signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    left = [finished.left for finished in lasting(work, range(12), workers=2)]
    killer.join()
    assert all(isinstance(pid, int) for pid in left)
    assert len(left) == 12


def test_workers_stay_for_the_next_work_and_go_when_one_is_dead():
    def pids():
        with place(2) as where:
            return {finished.left for finished in as_finished(where, lambda _: os.getpid(), range(4))}

    first, alive = pids(), set(children())
    assert first <= alive
    assert pids() <= alive
    assert set(children()) == alive
    os.kill(min(first), signal.SIGKILL)
    left = {finished.left for finished in lasting(lambda _: os.getpid(), range(4), workers=2)}
    assert all(isinstance(pid, int) for pid in left)
    assert min(first) not in left


def test_no_worker_is_left_behind():
    before = set(children())

    def fails():
        with place(2) as where:
            next(as_finished(where, abs, [1, 2]))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    time.sleep(0.5)
    names = [Path(f"/proc/{pid}/cmdline").read_bytes() for pid in set(children()) - before]
    assert [name for name in names if b"resource_tracker" not in name] == []


def test_an_interruption_cancels_what_waits():
    futures = []

    class Waiting(Here):
        def submit(self, fn, /, *args):
            futures.append(Future())
            if len(futures) == 2:
                futures[0].set_exception(KeyboardInterrupt())
            return futures[-1]

    with pytest.raises(KeyboardInterrupt):
        list(as_finished(Waiting(), abs, range(3)))
    assert futures[1].cancelled()


def test_no_more_wait_than_asked_for():
    class Counting(Here):
        started = finished = most = 0

        def submit(self, fn, /, *args):
            Counting.started += 1
            Counting.most = max(Counting.most, Counting.started - Counting.finished)
            return super().submit(fn, *args)

    for finished in as_finished(Counting(), abs, range(10), ahead=3):
        assert finished.left == finished.work
        Counting.finished += 1
    assert Counting.most == 3
