"""What an author is told, and in which form."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.scenario import Fault, InputFault
from sim.scenario.faults import hint, nearest, shortened, shown

FAULTS = (
    Fault("actors.upstream.salience.water_shar", "no such issue; did you mean water_share?"),
    Fault("shocks.drought.target", '"oil" is not a belligerent; belligerents are upstream, downstream'),
)


def test_the_form_of_a_report():
    assert str(InputFault("scenarios/river/scenario.yaml", FAULTS)) == (
        "scenarios/river/scenario.yaml: 2 faults\n"
        "  actors.upstream.salience.water_shar: no such issue; did you mean water_share?\n"
        '  shocks.drought.target: "oil" is not a belligerent; belligerents are upstream, downstream'
    )


def test_one_fault_is_singular_and_told_once():
    assert str(InputFault("a.yaml", [FAULTS[0], FAULTS[0]])).startswith("a.yaml: 1 fault\n")


def test_a_report_passes_between_processes():
    fault = InputFault("a.yaml", FAULTS)
    again = pickle.loads(pickle.dumps(fault))
    assert (again.file, again.faults, str(again)) == (fault.file, fault.faults, str(fault))


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("water_shar", "water_share"),
        ("WATER_SHARE", "water_share"),
        ("UKT", "UKR"),
        ("zebra", None),
        ("", None),
    ],
)
def test_nearest_is_near_or_quiet(word, found):
    assert nearest(word, ["water_share", "recognition", "UKR"]) == found


def test_a_hint_names_the_nearest_or_all_or_says_that_there_are_none():
    assert hint("nrth", ["north", "south"]) == "; did you mean north?"
    assert hint("west", ["north", "south"], plural="actors are") == "; actors are north, south"
    assert hint("west", []) == "; there are none"


@given(st.text())
def test_what_is_shown_stays_on_one_short_line(text):
    assert len(shortened(text)) <= 60
    assert shown(text)[1:-1].isprintable()
