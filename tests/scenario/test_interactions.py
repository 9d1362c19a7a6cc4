"""The matrix of interactions at the door: known issues, and no loss below zero whatever is drawn."""

import numpy as np
import pytest

from sim.scenario.faults import InputFault
from sim.scenario.interaction_rules import smallest_eigenvalue
from sim.world.binding import load
from tests.toys import TOY


def told(entries):
    with pytest.raises(InputFault) as fault:
        load(TOY, overrides=[f"actors.north.interactions={entries}"])
    return str(fault.value)


DIAGONAL = "a: {issue: control, other: control, weight: 0.1}, b: {issue: recognition, other: recognition, weight: 0.1}"


def across(weight, other="recognition"):
    return f"{{{DIAGONAL}, c: {{issue: control, other: {other}, weight: {weight}}}}}"


def test_a_matrix_with_a_heavy_diagonal_is_read():
    scenario = load(TOY, overrides=[f"actors.north.interactions={across('{uniform: [-0.1, 0.1]}')}"])
    assert len(scenario.belligerent("A").interactions) == 3


@pytest.mark.parametrize("weight", ["0.2", "-0.2", "{uniform: [0, 0.2]}"])
def test_a_loss_that_could_fall_below_zero_is_refused(weight):
    assert "actors.north.interactions: a positive semidefinite matrix is allowed" in told(across(weight))


def test_an_unknown_issue_is_told_with_the_nearest_name():
    assert "actors.north.interactions.c.other" in (said := told(across(0.05, "recogniton")))
    assert "did you mean recognition" in said


def test_a_distribution_without_an_end_is_refused():
    assert "actors.north.interactions.c.weight" in told(across("{normal: [0.05, 0.01]}"))


def test_the_smallest_eigenvalue_over_ranges_is_that_of_the_worst_corner():
    rng = np.random.default_rng(3)
    middle, half = np.diag([1.0, 1.0, 1.0]), np.full((3, 3), 0.2)
    least = smallest_eigenvalue(middle, half + 0.4)
    for _ in range(500):
        noise = np.triu(rng.uniform(-0.6, 0.6, (3, 3)))
        drawn = middle + noise + np.triu(noise, 1).T
        assert np.linalg.eigvalsh(drawn)[0] >= least - 1e-12
    assert smallest_eigenvalue(middle, half) == 0.0
