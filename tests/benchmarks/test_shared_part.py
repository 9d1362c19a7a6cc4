"""What the benchmark compares is the same in all its forms, and its forms can be played."""

import numpy as np
import pytest

from tests.benchmarks import per_agent, shared_part

pytestmark = pytest.mark.newest

SEED, REPLICATE, WEEKS = 3, 130, 12


@pytest.fixture(scope="module")
def part(root):
    return shared_part.scenario(str(root / "scenarios" / "ukraine-2026"), WEEKS)


@pytest.fixture(scope="module")
def alone(part):
    return shared_part.ensemble(part, SEED, np.array([REPLICATE]))


@pytest.mark.parametrize("form", [per_agent.PlainState, per_agent.ArrayState, per_agent.StackedState])
def test_agents_and_ensemble_vote_and_move_alike(part, alone, form):
    model = per_agent.play(form, shared_part.sheet(part, SEED, REPLICATE))
    assert len(model.votes) == WEEKS
    assert model.votes == shared_part.votes(alone)
    assert model.tallies == shared_part.tallies(alone, 0)
    assert np.abs(model.positions() - alone.society.by_topic()[:, :, 0]).max() < 1e-6


def test_positions_move_and_votes_differ_so_that_something_is_compared(part, alone):
    observed = np.array(shared_part.sheet(part, SEED, REPLICATE).observed)
    assert np.abs(alone.society.by_topic()[:, :, 0] - observed).max() > 0.01
    votes = np.array(shared_part.votes(alone))
    assert set(np.unique(votes)) == {0, 1, 2, 3}
    assert (votes[0] != votes[1]).any()


def test_only_the_shared_part_is_on(part):
    switches = part.mechanisms.model_dump(exclude={"source"})
    assert {key for key, on in switches.items() if on} == {"influence", "assembly"}
    assert len(part.texts) == WEEKS
    assert not part.mediators


def test_a_run_is_the_same_among_others(part, alone):
    among = shared_part.ensemble(part, SEED, np.arange(128, 140))
    assert shared_part.tallies(among, 2) == shared_part.tallies(alone, 0)
    positions = among.society.by_topic()[:, :, 2]
    assert positions.tobytes() == alone.society.by_topic()[:, :, 0].tobytes()
