import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.theory.sincerity import doubted_patience, next_sincerity, pretence, refusal_likelihood

unit = st.floats(0.0, 1.0)
inner = st.floats(0.001, 0.999)


@given(inner, inner)
def test_beliefs_are_a_martingale(belief, refusal):
    yes = belief * (1.0 - refusal)
    later = [next_sincerity(belief, refusal, accepted=answer) for answer in (True, False)]
    assert yes * later[0] + (1.0 - yes) * later[1] == pytest.approx(belief)


@given(st.lists(inner, min_size=1, max_size=8))
def test_a_lasting_mood_is_judged_by_the_best_text_and_a_fresh_one_by_all(chances):
    best = np.concatenate([[0.0], np.maximum.accumulate(chances)[:-1]])
    lasting, fresh = (np.prod(refusal_likelihood(np.array(chances), best, share)) for share in (0.0, 1.0))
    assert lasting == pytest.approx(1.0 - max(chances))
    assert fresh == pytest.approx(np.prod(1.0 - np.array(chances)))


@given(unit, unit, unit)
def test_a_refusal_never_speaks_for_a_side(belief, chance, fresh):
    refusal = refusal_likelihood(chance, 0.0, fresh)
    assert 0.0 < refusal <= 1.0
    assert next_sincerity(belief, refusal, accepted=False) <= belief + 1e-12


def test_the_part_of_the_hazard_that_pretends():
    assert pretence(np.array([0.03, 0.0, 0.0]), np.array([0.01, 0.01, 0.0])).tolist() == pytest.approx([0.25, 1.0, 0.0])


def test_three_good_texts_refused_leave_an_even_belief_at_a_ninth():
    belief = 0.5
    for _ in range(3):
        belief = next_sincerity(belief, 0.5, accepted=False)
    assert belief == pytest.approx(1 / 9)


def test_what_is_certain_stays_and_a_sure_text_refused_is_nearly_proof():
    assert next_sincerity(np.array([0.0, 1.0]), 0.3, accepted=False).tolist() == [0.0, 1.0]
    assert next_sincerity(0.9, refusal_likelihood(1.0, 0.0, 0.0), accepted=False) < 1e-9
    assert next_sincerity(1.0, 0.0, accepted=False) == 1.0


@given(st.floats(0.0, 50.0), unit, unit)
def test_doubt_never_lengthens_talks(patience, belief, doubt):
    assert 0.0 <= doubted_patience(patience, belief, doubt) <= patience
    assert doubted_patience(patience, 1.0, doubt) == patience
