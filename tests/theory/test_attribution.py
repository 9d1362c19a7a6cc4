import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.theory.attribution import deal_gain, lesson, report_probability
from sim.theory.ladder import update_odds

shares = st.floats(0.0, 1.0)
inner = st.floats(0.01, 0.99)


@given(inner, inner, inner, inner, shares, shares, shares)
def test_beliefs_are_right_on_average(trust, noise, cheats, partner, seen, astray, accused):
    """Over all reports, weighed by how probable they are, trust stays what it was."""
    good = float(report_probability(noise, partner, seen, astray, accused))
    bad = float(report_probability(cheats, partner, seen, astray, accused))
    blamed = trust * good + (1 - trust) * bad
    odds = trust / (1 - trust)
    after = [odds * float(lesson(good, bad, blamed=which)) for which in (True, False)]
    expected = sum(chance * one / (1 + one) for chance, one in zip((blamed, 1 - blamed), after, strict=True))
    assert expected == pytest.approx(trust, abs=1e-6)


@given(inner, inner)
def test_a_perfect_report_teaches_what_the_ladder_says(noise, stake):
    """The catalogue's odds: (1 - noise) / (1 - stake) after a kept deal, noise / stake after a breach."""
    cheats = max(noise, stake)
    for complied in (True, False):
        found = lesson(*(report_probability(one, 0.3, 1.0) for one in (noise, cheats)), blamed=not complied)
        assert float(found) == pytest.approx(float(update_odds(1.0, stake, noise, complied=complied)), rel=1e-9)


def test_the_ladder_of_the_catalogue_in_likelihoods():
    assert float(lesson(0.02, 0.05, blamed=False)) == pytest.approx(1.0316, abs=1e-4)
    assert float(lesson(0.02, 0.05, blamed=True)) == pytest.approx(0.4)


@given(inner, inner, inner, inner)
def test_accusations_and_wrong_doors_make_blame_teach_less(noise, seen, astray, accused):
    cheats, partner = 0.5 + noise / 2, 0.5
    clear = lesson(*(report_probability(one, partner, seen) for one in (noise, cheats)), blamed=True)
    muddied = lesson(*(report_probability(one, partner, seen, astray, accused) for one in (noise, cheats)), blamed=True)
    assert float(clear) - 1e-9 <= float(muddied) <= 1.0 + 1e-9


def test_nobody_is_blamed_without_a_breach_seen_or_an_accusation():
    assert float(report_probability(0.5, 0.5, 0.0, 0.5)) == 0.0
    assert float(lesson(0.0, 0.0, blamed=False)) == 1.0


@given(shares, shares, shares, st.floats(0.0, 2.0))
def test_a_deal_gains_with_trust_and_never_more_than_its_surplus(trust, more, defection, loss):
    low, high = sorted((trust, more))
    gains = deal_gain(0.1, np.array([low, high, 1.0]), defection, loss)
    assert (np.diff(gains) >= -1e-12).all()
    assert gains[-1] == 0.1
