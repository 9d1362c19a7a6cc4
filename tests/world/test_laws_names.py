"""Names, scales and the order of a file are the author's: they change labels and no number."""

import numpy as np
import pytest

from tests.laws import History, differences, play
from tests.toys import rebuilt, renamed, reordered, rescaled, rich, ukraine

RUNS = {rich: np.arange(24), ukraine: np.arange(4)}
NAMES = {
    rich: {"north": "zeta", "south": "alpha", "patron": "younger", "neighbour": "aaa"},
    ukraine: {
        "ukraine": "zeta", "russia": "alpha", "usa": "zz", "china": "yy", "turkiye": "aaa", "gulf": "g",
        "global_south": "b",
    },
}  # fmt: skip
"""New keys of every actor that luck knows by a side or a code."""

SECTIONS = {
    rich: ["actors", "issues", "shocks", "rungs", "incentives"],
    ukraine: ["actors", "issues", "shocks", "rungs", "incentives", "aid", "ties", "texts"],
}
EXACT, ROUNDED = 0.0, 1e-9


@pytest.fixture(scope="module", params=RUNS, ids=lambda make: make.__name__)
def make(request):
    return request.param


@pytest.fixture(scope="module")
def base(make):
    return play(make(), RUNS[make])


def relabelled(history, names):
    events = {
        number: sorted(
            [
                (week, kind, ".".join(names.get(part, part) for part in who.split(".")), value)
                for week, kind, who, value in own
            ],
            key=lambda event: event[:3],
        )
        for number, own in history.events.items()
    }
    return History(history.replicates, history.traces, events)


def test_new_names_of_the_actors_change_only_labels(make, base):
    names = NAMES[make]
    assert differences(play(renamed(make(), names), RUNS[make]), relabelled(base, names), EXACT) == []


def test_labels_and_poles_change_nothing(make, base):
    issues = {name: {"label": "another", "poles": ("left", "right"), "unit": "spoons"} for name in make().issues}
    actors = {name: {"label": name.upper()} for name in make().actors}
    assert differences(play(rebuilt(make(), {"issues": issues, "actors": actors}), RUNS[make]), base, EXACT) == []


@pytest.mark.parametrize("factor", [60.0, 64.0])
def test_another_scale_of_an_issue_changes_nothing(make, base, factor):
    scenario = make()
    for issue in make().issues:
        scenario = rescaled(scenario, issue, factor)
    # A factor of two to a power costs no rounding, so that not one bit may move.
    assert differences(play(scenario, RUNS[make]), base, EXACT if factor == 64.0 else ROUNDED) == []


@pytest.mark.parametrize("section", sorted(set().union(*SECTIONS.values())))
def test_the_order_of_the_file_changes_nothing(make, base, section):
    if section not in SECTIONS[make]:
        pytest.skip("the scenario has no such section with several entries")
    exact = section in ("actors", "issues", "texts")
    turned = play(reordered(make(), section), RUNS[make])
    assert differences(turned, base, EXACT if exact else ROUNDED) == []


@pytest.mark.parametrize("factor", [2.0, 3.0])
def test_salience_counts_by_its_proportions(base, make, factor):
    scenario = make()
    actors = {
        key: {"salience": {issue: _times(number, factor) for issue, number in scenario.actors[key].salience.items()}}
        for key in scenario.belligerents
    }
    scaled = play(rebuilt(scenario, {"actors": actors}), RUNS[make])
    assert differences(scaled, base, EXACT if factor == 2.0 else ROUNDED) == []


def _times(quantity, factor):
    numbers = [factor * number for number in quantity.arguments]
    return numbers[0] if quantity.fixed else {quantity.family: numbers}
