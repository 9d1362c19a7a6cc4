import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.theory.bargaining import nash_with_war, rubinstein_share
from sim.theory.outside_options import breakdown_share, outside_option_share

patience = st.floats(0.0, 0.99)
unit = st.floats(0.0, 1.0)


def backwards(discount, risk, breakdown, outside, rounds=6000):
    """First mover's share by backward induction over many rounds."""
    share = [1.0, 1.0]
    for _ in range(rounds):
        answer = [max(outside[i], risk * breakdown[i] + (1 - risk) * discount[i] * share[i]) for i in (0, 1)]
        share = [1.0 - answer[1], 1.0 - answer[0]]
    return share[0]


@given(patience, patience, unit, unit, unit)
def test_an_option_is_solved_backwards(discount_1, discount_2, outside, part, risk):
    options = outside * part, outside * (1.0 - part)
    breakdown = part * (1 - outside), (1 - part) * (1 - outside)
    expected = backwards((discount_1, discount_2), risk, breakdown, options)
    found = breakdown_share(
        discount_1, discount_2, risk=risk, breakdown_1=breakdown[0], breakdown_2=breakdown[1],
        outside_1=options[0], outside_2=options[1],
    )  # fmt: skip
    assert found == pytest.approx(expected, abs=1e-9)


@given(patience, patience, unit, unit)
def test_an_empty_threat_changes_nothing(discount_1, discount_2, part_1, part_2):
    free = rubinstein_share(discount_1, discount_2)
    mine = part_1 * discount_1 * free
    yours = part_2 * discount_2 * rubinstein_share(discount_2, discount_1)
    assert outside_option_share(discount_1, discount_2, mine, yours) == pytest.approx(float(free), abs=1e-12)


def test_a_rare_collapse_gives_the_nash_solution_with_war_as_the_disagreement():
    share = breakdown_share(1.0, 1.0, risk=1e-8, breakdown_1=0.6 - 0.1, breakdown_2=0.4 - 0.2)
    assert share == pytest.approx(float(nash_with_war(0.6, 0.1, 0.2)), abs=1e-7)


def test_the_outside_option_of_the_textbook_binds_or_does_not():
    shares = outside_option_share(0.9, 0.9, 0.0, np.array([0.0, 0.473, 0.474, 0.75]))
    assert shares == pytest.approx([1 / 1.9, 1 / 1.9, 0.526, 0.25])


def test_who_never_waits_and_never_leaves_splits_by_what_a_collapse_leaves():
    assert float(breakdown_share(1.0, 1.0, risk=0.0, breakdown_1=0.5, breakdown_2=0.2)) == 0.65
    assert float(breakdown_share(0.9, 0.9, risk=1.0, breakdown_1=0.5, breakdown_2=0.2)) == 0.8
