"""The shipped scenarios give the stored numbers; where they move, the changelog says so under Numbers."""

import pytest

from tests.baselines import PLAYED, numbers, stored

SLACK = 0.005
"""Relative slack: exp and log differ in the last place between machine types, and a threshold can turn on it."""


@pytest.mark.parametrize("name", PLAYED)
def test_a_scenario_gives_its_stored_numbers(name):
    found, kept = numbers(name), stored(name)
    assert found["durable"] == pytest.approx(kept["durable"], abs=1)
    assert found["events"] == pytest.approx(kept["events"], rel=SLACK, abs=2)
    assert found["means"] == pytest.approx(kept["means"], rel=SLACK, abs=1e-3)
    for text, tally in kept["tallies"].items():
        assert found["tallies"][text] == pytest.approx(tally, abs=0.2)
