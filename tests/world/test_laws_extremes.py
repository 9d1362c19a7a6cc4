"""Worlds at the edge of what can be written: they play without a warning and stay finite."""

import numpy as np
import pytest

from sim.scenario.faults import InputFault
from sim.world.binding import load
from sim.world.state import VICTORY_A, VICTORY_B
from tests.laws import play
from tests.toys import TOY, of_sides, rebuilt, toy, ukraine

SOMETIMES = ("offer", "nash_line", "nash_gain", "sincere", "believed_sincerity", "accepts_a", "accepts_b")
LONE = {
    "issues": {"recognition": None, "ceasefire": None},
    **of_sides({table: {"recognition": None, "ceasefire": None} for table in ("ideal_point", "salience")}),
}
STILL = {"volatility": 0.0, "mobility": 0.0}
TALKED = {"ceasefire_signed", "settlement_signed", "talks_opened", "rung_opened"}
OFTEN = {"agreements": {"hazard": 0.2}}
EXTREMES = {
    "a quiet front": {"front": {"volatility": 1e-5, "observation_noise": 1e-5}},
    "a front that never moves": {"front": {**STILL, "observation_noise": 0.0}},
    "a front that remembers all": {"front": {"persistence": 1}},
    "a wild front": {"front": {"volatility": 1.0, "observation_noise": 1.0}},
    "all of A's": {"front": {"share": 0}},
    "all of B's": {"front": {"share": 1}},
    "a horizon of a week": of_sides({"horizon": 1}),
    "a horizon of a century": of_sides({"horizon": 5000}),
    "a horizon without discount": of_sides({"horizon": 5000, "discount": 0}),
    "no ladder": {"ladder": None},
    "no shocks": {"shocks": {"winter_strikes": None}},
    "two weeks": {"calendar": {"weeks": 2, "signing_weeks": 1, "standing_weeks": 1}},
    "very precise": of_sides({"precision": 1e4}),
    "without precision": of_sides({"precision": 0}),
    "without precision and taste": {**of_sides({"precision": 0}), "mechanisms": {"taste": False}},
    "red lines that cost nothing": of_sides({"red_line_steepness": 0}),
    "absolute red lines": of_sides({"red_line_steepness": 1e9}),
    "red lines at the ideal point": of_sides({"red_line": {"control": 0, "recognition": 0, "ceasefire": 0}}),
    "one issue": LONE,
    "one issue and a ceasefire on it": {**LONE, "issues": {**LONE["issues"], "control": {"agenda": "ceasefire"}}},
    "one issue that counts": of_sides({"salience": {"control": 1, "recognition": 0, "ceasefire": 0}}),
    "no mediators": {"actors": {"envoy": None}},
    "losses like a root": of_sides({"curvature": 0.5}),
    "losses like a square": of_sides({"curvature": 2}),
    "losses like a step": of_sides({"curvature": 0}),
    "no trust at all": {**of_sides({"trust": 0}), **OFTEN},
    "full trust": {**of_sides({"trust": 1}), **OFTEN},
    "no trust and no ladder": {**of_sides({"trust": 0}), **OFTEN, "ladder": None},
    "full trust that nothing changes": {**of_sides({"trust": 1}), **OFTEN, "mechanisms": {"trust": False}},
    "a rupture that spares trust": {**of_sides({"trust": 0}), "ladder": None, "agreements": {"hazard": 0.2, "rupture": 0}},
    "a shock that makes trust full": {
        "shocks": {"love": {"kind": "stochastic", "hazard": 0.5, "changes": ({"target": "trust.north", "add": 1},)}}
    },
    "agreements that never last": {"agreements": {"hazard": 1e6}},
    "no forces": of_sides({"forces": {"initial": 0}}),
    "forces that melt": of_sides({"forces": {"effectiveness": 1, "replacement": 0}}),
    "certain beliefs": of_sides({"beliefs": {"uncertainty": 0, "process": 0}}),
    "a dark grid": {"actors": {"north": {"grid": {"usable": 0}}}},
    "a grid nobody needs": {"actors": {"north": {"grid": {"demand": 0, "winter_demand": 0}}}},
    "strikes without end": {"shocks": {"winter_strikes": {"rate": 50}}},
    "perfect monitors": {"ladder": {"monitoring": 1, "noise": 0}},
    "blind monitors": {"ladder": {"monitoring": 0, "noise": 1}},
    "deals of no length": {"ladder": {"rungs": {"prisoners": {"duration": 0, "rate": 1}}}},
    "a mediator that knows all": {"actors": {"envoy": {"information": 1, "war_cost": 0, "bias": 1}}},
    "much to lose by a break": of_sides({"shift": 1, "exposure": 1}),
    "a discount of one": of_sides({"discount": 1}),
}  # fmt: skip


def finite(history):
    for name, trace in history.traces.items():
        sometimes = name.removeprefix("reading ") in SOMETIMES
        assert np.isfinite(trace).all() or (sometimes and not np.isinf(trace).any()), name


@pytest.mark.slow
@pytest.mark.parametrize("name", EXTREMES)
def test_a_world_at_the_edge_plays(name):
    history = play(rebuilt(toy(()), EXTREMES[name]), np.arange(24))
    finite(history)
    assert len(history.traces["front"]) == (2 if name == "two weeks" else 156)


@pytest.mark.slow
@pytest.mark.parametrize("change", [{"curvature": 2}, {"horizon": 5000}, {"precision": 1e4}], ids=str)
def test_the_main_scenario_at_the_edge_plays(change):
    actors = dict.fromkeys(ukraine().belligerents, change)
    finite(play(rebuilt(ukraine(), {"actors": actors}), np.arange(6)))


def test_a_world_of_one_week_is_refused():
    """Signing takes a week and standing another."""
    with pytest.raises(InputFault, match="2 or more is allowed"):
        load(TOY, overrides=["calendar.weeks=1", "calendar.signing_weeks=1", "calendar.standing_weeks=1"])


@pytest.mark.parametrize("front", [STILL, {"volatility": 0.1, "observation_noise": 0.1}], ids=["still", "wild"])
@pytest.mark.parametrize(("share", "winner"), [(0, VICTORY_A), (1, VICTORY_B)])
def test_who_holds_all_has_won(share, winner, front):
    eager = {"front": {"share": share, **front}, "talks": {"base": 1.0}}
    history = play(rebuilt(toy(()), eager), np.arange(32))
    assert (history.traces["status"] == winner).all()
    assert (history.traces["front"] == share).all()
    for own in history.events.values():
        assert [event[:2] for event in own if event[1] == "victory"] == [(0, "victory")]
        assert not {event[1] for event in own} & TALKED


def test_an_agreement_of_enormous_hazard_stands_no_week_longer():
    broken = {"agreements": {"hazard": 1e6}, "talks": {"base": 0.5}, "mechanisms": {"commitment": False}}
    history = play(rebuilt(toy(()), broken), np.arange(64))
    lasted = []
    for own in history.events.values():
        signed = [week for week, kind, *_ in own if kind in ("ceasefire_signed", "settlement_signed")]
        ended = [week for week, kind, *_ in own if kind == "agreement_broken"]
        lasted += [end - start for start, end in zip(signed, ended, strict=False)]
        assert len(signed) - len(ended) <= (signed[-1:] == [155])
    assert len(lasted) > 200
    assert set(lasted) == {1}


def test_a_war_that_is_won_is_not_negotiated_away():
    wild = {"front": {"volatility": 0.08, "observation_noise": 0.08}, "talks": {"base": 0.5, "direct_patience": 100}}
    history = play(rebuilt(toy(()), {**wild, **of_sides({"precision": 1.0})}), np.arange(64), weeks=80)
    won = 0
    for events in history.events.values():
        victory = [week for week, kind, *_ in events if kind == "victory"]
        if victory:
            won += 1
            later = {kind for week, kind, *_ in events if week >= victory[0]}
            assert later & TALKED == set()
            kinds = [kind for _, kind, *_ in events]
            ended = sum(kinds.count(kind) for kind in ("talks_closed", "ceasefire_signed", "settlement_signed"))
            assert kinds.count("talks_opened") == ended
    assert won > 20
