import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from sim.theory.quantal import logit_response, quantal_response_equilibrium

MATCH, DIFFER = np.diag([9.0, 1.0])[..., None], 1.0 - np.eye(2)[..., None]
payoffs = npst.arrays(np.float64, (2, 2, 1), elements=st.integers(-20, 20).map(lambda value: value / 4))


def pennies(precision):
    width = np.ones(len(precision))
    return quantal_response_equilibrium(MATCH * width, DIFFER * width, np.array(precision))


def test_asymmetric_matching_pennies_of_the_catalogue():
    found = pennies([0.5, 1.0, 2.0, 10.0, 100.0])
    assert found.row[0] == pytest.approx([0.8307, 0.8936, 0.8608, 0.6075, 0.5110], abs=5e-5)
    assert found.column[0] == pytest.approx([0.4181, 0.3128, 0.1911, 0.1044, 0.1000], abs=5e-5)


def test_the_ends_of_precision_are_chance_and_nash():
    found = pennies([0.0, 1e4])
    assert found.row[0] == pytest.approx([0.5, 0.5], abs=1e-3)
    assert found.column[0] == pytest.approx([0.5, 0.1], abs=1e-4)


@settings(max_examples=20)
@given(payoffs, payoffs, st.sampled_from([0.0, 0.3, 1.0, 3.0]))
def test_both_answer_each_other(row_payoff, column_payoff, precision):
    found = quantal_response_equilibrium(row_payoff, column_payoff, precision)
    if found.gap[0] < 1e-9:
        row_worth = (row_payoff * found.column).sum(axis=1)
        column_worth = (column_payoff * found.row[:, None]).sum(axis=0)
        assert found.row == pytest.approx(logit_response(precision * row_worth), abs=1e-8)
        assert found.column == pytest.approx(logit_response(precision * column_worth), abs=1e-8)
    else:
        assert precision > 0.3, "an imprecise game has one path without turns"


@settings(max_examples=20)
@given(payoffs, payoffs)
def test_names_of_actions_and_players_do_not_matter(row_payoff, column_payoff):
    rows = np.concatenate([row_payoff, row_payoff[::-1], column_payoff.swapaxes(0, 1)], axis=-1)
    columns = np.concatenate([column_payoff, column_payoff[::-1], row_payoff.swapaxes(0, 1)], axis=-1)
    found = quantal_response_equilibrium(rows, columns, 0.2)
    assert found.row[::-1, 1] == pytest.approx(found.row[:, 0], abs=1e-9)
    assert found.row[:, 2] == pytest.approx(found.column[:, 0], abs=1e-9)


def test_rock_paper_scissors_and_a_dominant_action():
    cycle = np.array([[0.0, -1.0, 1.0], [1.0, 0.0, -1.0], [-1.0, 1.0, 0.0]])[..., None]
    assert quantal_response_equilibrium(cycle, -cycle, 50.0).row.ravel() == pytest.approx([1 / 3] * 3)
    dilemma = np.array([[3.0, 0.0], [5.0, 1.0]])[..., None]
    found = quantal_response_equilibrium(dilemma, dilemma.swapaxes(0, 1), 40.0)
    assert found.row[1, 0] == pytest.approx(1.0)
    assert found.gap[0] < 1e-12


def test_a_game_of_one_action_each_is_no_game():
    found = quantal_response_equilibrium(np.full((1, 1, 2), 7.0), np.zeros((1, 1, 2)), 5.0)
    assert found.row.tolist() == [[1.0, 1.0]]
    assert found.gap.tolist() == [0.0, 0.0]


def test_runs_do_not_see_each_other():
    generator = np.random.default_rng(4)
    row, column = generator.random((2, 3, 2, 30))
    precision = generator.uniform(0.0, 20.0, 30)
    among = quantal_response_equilibrium(row, column, precision)
    for run in range(0, 30, 7):
        some = [np.ascontiguousarray(payoff[..., [run]]) for payoff in (row, column)]
        alone = quantal_response_equilibrium(*some, precision[[run]])
        for one, other in zip(among, alone, strict=True):
            assert np.ascontiguousarray(one[..., [run]]).tobytes() == other.tobytes()
