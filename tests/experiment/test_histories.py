"""The history of a few runs is that of the ensemble, in full precision."""

import numpy as np
import pytest

from sim.experiment.execution import run
from sim.experiment.histories import history
from sim.experiment.mirrored_luck import MirroredLuck
from tests.toys import toy


def test_a_history_is_that_of_the_ensemble():
    lives, result = history(toy(), range(6), 5), run(toy(), 6, 5, trajectories=True)
    table = result.trajectories.set_index(["replicate", "week"])
    for name, values in lives.readings.items():
        kept = table[name].unstack().to_numpy().T
        assert kept == pytest.approx(values, rel=1e-3, abs=1e-5, nan_ok=True), name
    events = [(replicate, week, kind, who) for replicate, week, kind, who, _ in lives.events]
    assert sorted(events) == sorted(
        result.events[["replicate", "week", "kind", "who"]].itertuples(index=False, name=None)
    )


def test_luck_may_be_turned():
    plain = history(toy(), [0, 1], 5)
    twice = history(toy(), [0, 1], 5, turn=lambda luck: MirroredLuck(MirroredLuck(luck, ("front",)), ("front",)))
    once = history(toy(), [0, 1], 5, turn=lambda luck: MirroredLuck(luck, ("front",)))
    assert np.array_equal(plain.readings["front"], twice.readings["front"])
    assert not np.array_equal(plain.readings["front"], once.readings["front"])
