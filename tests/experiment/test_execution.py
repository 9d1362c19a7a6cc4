from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import nullcontext

import numpy as np
import pytest

import sim.experiment.execution as module
from sim.experiment import places
from sim.experiment.execution import RunsFailed, Task, cut, gather, play_task, run
from sim.experiment.places import Here
from sim.experiment.salvage import MOST_ERRORS
from sim.scenario import InputFault
from tests.toys import toy


class Backwards(ThreadPoolExecutor):
    """Plays its tasks when they are waited for, the last one first."""

    def __init__(self):
        super().__init__(1)
        self.held = []

    def submit(self, fn, /, *args):
        future = Future()
        self.held.append((future, fn, args))
        if len(self.held) == 4:
            for held, function, arguments in reversed(self.held):
                held.set_result(function(*arguments))
        return future


def tables_equal(one, other):
    return all(one.tables[name].equals(other.tables[name]) for name in one.tables)


@pytest.fixture(scope="module")
def whole():
    return run(toy(), 8, seed=3)


def test_a_result_has_its_replicates_in_order(whole):
    assert whole.runs["replicate"].tolist() == list(range(8))
    assert whole.manifest["replicates"] == 8
    assert whole.manifest["seed"] == 3
    assert whole.manifest["missing"] == []


@pytest.mark.parametrize("batch", [1, 3, 128])
def test_the_size_of_batches_changes_nothing(whole, batch):
    assert tables_equal(run(toy(), 8, seed=3, batch=batch), whole)


def test_the_order_in_which_blocks_finish_changes_nothing(whole, monkeypatch):
    monkeypatch.setattr(module, "cut", lambda task, _batch: cut(task, 2))
    backwards = Backwards()
    result = run(toy(), 8, seed=3, workers=2, executor=backwards)
    assert len(backwards.held) == 4
    assert tables_equal(result, whole)


def test_any_executor_will_do_and_stays_open(whole):
    with ThreadPoolExecutor(2) as threads:
        assert tables_equal(run(toy(), 8, seed=3, batch=3, executor=threads), whole)
        assert threads.submit(int).result() == 0


def test_another_seed_is_another_result(whole):
    assert not run(toy(), 8, seed=4).runs.equals(whole.runs)


def test_progress_adds_up_to_the_runs():
    told = []
    run(toy(), 7, batch=3, progress=told.append)
    assert told == [3, 3, 1]


def test_blocks_cover_the_replicates_once():
    blocks = cut(Task(toy(), 1, 0, 299), 128)
    assert [(task.first, task.last) for task in blocks] == [(0, 127), (128, 255), (256, 299)]
    assert sum(len(task) for task in blocks) == 300


@pytest.mark.parametrize("words", [{"replicates": 0}, {"workers": 0}, {"batch": 0}])
def test_less_than_one_is_refused(words):
    with pytest.raises(ValueError, match="at least 1"):
        run(toy(), **words)


def test_variants_and_settings_are_laid_over_and_told():
    result = run(toy(), 2, variants=["no_mediator"], overrides=["front.share=0.4"])
    assert "envoy" not in result.scenario.actors
    assert result.scenario.front.share.arguments == (0.4,)
    assert result.manifest["variants"] == ["no_mediator"]
    assert result.manifest["overrides"] == ["front.share=0.4"]


def test_a_fault_in_a_variant_is_told_before_anything_is_played(monkeypatch):
    monkeypatch.setattr(module, "play", None)
    with pytest.raises(InputFault, match="no_mediatr"):
        run(toy(), 2, variants=["no_mediatr"])


def test_a_variant_meets_the_same_luck(whole):
    other = run(toy(), 8, seed=3, variants=["no_mediator"])
    shared = [name for name in whole.runs if name.startswith("draw:") and name in other.runs]
    assert len(shared) > 10
    assert whole.runs[shared].equals(other.runs[shared])


@pytest.fixture
def faulty(monkeypatch):
    """Blocks that hold replicate 4 fail."""

    def play(scenario, seed, replicates, **options):
        if 4 in replicates:
            raise ArithmeticError("front is not a number")
        return real(scenario, seed, replicates, **options)

    real = module.play
    monkeypatch.setattr(module, "play", play)


def test_a_failing_block_is_named_and_the_others_are_kept(whole, faulty):
    with pytest.raises(RunsFailed) as caught:
        run(toy(), 8, seed=3, batch=3)
    assert str(caught.value) == "replicates 4 to 4: ArithmeticError: front is not a number"
    partial = caught.value.partial
    assert partial.manifest["missing"] == [[4, 4]]
    left = whole.runs[whole.runs["replicate"] != 4].reset_index(drop=True)
    assert partial.runs.equals(left)


def test_if_every_block_fails_nothing_is_left_and_it_is_not_tried_for_long(monkeypatch):
    plays = []

    def play(*_arguments, **_options):
        plays.append(1)
        raise ArithmeticError("always")

    monkeypatch.setattr(module, "play", play)
    with pytest.raises(RunsFailed) as caught:
        run(toy(), 2048, seed=3, batch=1024)
    assert caught.value.partial is None
    missing = [
        number for failure in caught.value.failures for number in range(failure.task.first, failure.task.last + 1)
    ]
    assert missing == list(range(2048))
    assert len(plays) < 2 * (2 * MOST_ERRORS + 10)


def test_a_dead_worker_of_a_given_place_costs_its_blocks_and_says_so():
    class Dead(Here):
        def submit(self, fn, /, *args):
            if args[0].first >= 4:
                raise BrokenProcessPool("a worker died")
            return super().submit(fn, *args)

    with pytest.raises(RunsFailed, match="replicates 4 to 5: BrokenProcessPool: a worker died") as caught:
        run(toy(), 6, batch=2, executor=Dead())
    assert caught.value.partial.runs["replicate"].tolist() == [0, 1, 2, 3]


def test_what_a_dead_worker_lost_is_played_once_more(whole, monkeypatch):
    class Dies(Here):
        alive = True

        def submit(self, fn, /, *args):
            self.alive = self.alive and args[0].first != 4
            if not self.alive:
                raise BrokenProcessPool("a worker died")
            return super().submit(fn, *args)

    made = iter([Dies(), Here(), Here()])
    monkeypatch.setattr(places, "_workers", lambda *_: nullcontext(next(made)))
    told = []
    assert tables_equal(run(toy(), 8, seed=3, workers=2, batch=2, progress=told.append), whole)
    assert sum(told) == 8


def test_an_interruption_is_no_failed_block(monkeypatch):
    def interrupted(*_arguments, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "play", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run(toy(), 4, batch=1)


def test_a_run_does_not_depend_on_the_others():
    ((_, alone),), ((_, among),) = play_task(Task(toy(), 3, 5, 5)), play_task(Task(toy(), 3, 0, 7))
    for name, values in alone.runs.items():
        assert values.tobytes() == among.runs[name][5:6].tobytes(), name
    assert (alone.marks[..., 0] == among.marks[..., 5]).all()
    own = among.events.replicate == 5
    assert np.array_equal(alone.events.week, among.events.week[own])
    assert np.array_equal(alone.events.value, among.events.value[own], equal_nan=True)


def test_gathering_says_which_tasks_failed_in_their_order(faulty):
    tasks = cut(Task(toy(), 3, 0, 5), 1)
    gathered, failures = gather(tasks, 1)
    assert [failure.task.first for failure in failures] == [4]
    assert len(gathered.blocks) == 5
