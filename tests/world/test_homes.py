"""What homes need at the table: Schelling's two directions on a front that stands still, and involuntary defection."""

from functools import cache

import numpy as np
import pytest

from sim.experiment.histories import history
from sim.studies.validate.small_worlds import world
from sim.theory.ratification import ratifies, share_in_favour
from sim.world.agenda import SETTLEMENT_AGENDA
from sim.world.engine import weeks
from sim.world.phases import homes, signing
from sim.world.phases.valuations import incentives, valuations
from sim.world.state import World
from tests.laws import differences, play
from tests.toys import rebuilt, rich, toy

RUNS = np.arange(64)
HARD = 0.1
ASKS, DEAF = "true", "false"


def still(protocol, asks, hard=None, misreading=0.0):
    """A year over one line on a front that stands still; one side's home may demand more than its government."""
    bodies = "{{house: {{quota: 0.5, spread: 0.05, hardness: {}}}}}"
    homes_of = (
        f"actors.{side}.home={{misreading: {misreading}, ratifiers: {bodies.format(HARD * (side == hard))}}}"
        for side in ("home", "rival")
    )
    return world(
        "calendar.signing_weeks=26", "calendar.standing_weeks=26", "calendar.weeks=52",
        "front.volatility=0", "talks.base=0.1", f"protocol.name={protocol}", f"protocol.direct={protocol}",
        "mechanisms.attrition=false", "mechanisms.breaking=false", "mechanisms.ladder=false",
        f"mechanisms.homes_at_table={asks}", *homes_of,
    )  # fmt: skip


@cache
def settled(*which):
    """Line of the first settlement of each run that has one, and how many texts the homes refused."""
    events = history(still(*which), RUNS).events
    lines = {}
    for replicate, _, kind, _, line in events:
        if kind == "settlement_signed":
            lines.setdefault(replicate, line)
    return lines, sum(event[2] == "ratification_failed" for event in events)


def moved(protocol, asks, hard, misreading=0.0):
    """Mean move of the line in runs that settle both ways, and settlements with a soft home and with a hard one."""
    (soft, _), (firm, _) = settled(protocol, asks, None, misreading), settled(protocol, asks, hard, misreading)
    both = soft.keys() & firm.keys()
    return float(np.mean([firm[run] - soft[run] for run in both])) if both else np.nan, len(soft), len(firm)


@pytest.mark.parametrize("misreading", [0.0, 0.03])
@pytest.mark.parametrize(("hard", "towards"), [("home", -1), ("rival", 1)])
def test_a_harder_home_wins_share_and_loses_agreements(hard, towards, misreading):
    line, soft, firm = moved("nash_point", ASKS, hard, misreading)
    assert towards * line > 0.02
    assert 0 < firm < soft


@pytest.mark.parametrize(("hard", "towards"), [("home", -1), ("rival", 1)])
def test_a_mediators_single_text_follows_the_harder_home(hard, towards):
    line, soft, firm = moved("single_text", ASKS, hard)
    assert towards * line > 0.02
    assert 0 < firm < soft


def test_governments_that_do_not_look_home_never_win_share_and_are_refused():
    """Without the switch a text takes no notice of the homes, and a hard one refuses what was signed."""
    (soft, none), (firm, refused) = settled("nash_point", DEAF, None), settled("nash_point", DEAF, "rival")
    assert all(firm[run] == soft[run] for run in firm.keys() & soft.keys())
    assert len(firm) < len(settled("nash_point", ASKS, "rival")[0])
    assert refused > none


def test_who_misreads_its_home_is_refused_and_who_knows_it_is_not():
    assert settled("nash_point", ASKS, "home", 0.0)[1] < settled("nash_point", ASKS, "home", 0.05)[1]


def at_week(scenario, last=20):
    played = World(scenario, 5, np.arange(32))
    for week in weeks(played):
        if week == last:
            return played
    raise AssertionError("the world is shorter")


def test_terms_that_give_what_a_home_needs_are_those_it_ratifies():
    played = at_week(rich())
    for row in (0, 1):
        need, bodies = homes.home_need(played, row), played.layout.sides[row].home.ratifiers
        assert signing._ratified(played, row, need + 1e-9).all()
        binding = np.max([homes.reversion(played, row, body) + body.hardness for body in bodies.values()], axis=0)
        assert need == pytest.approx(binding)
        short = need - 1e-6
        refused = [
            ~ratifies(
                share_in_favour(short - homes.reversion(played, row, body) - body.hardness, body.spread), body.quota
            )
            for body in bodies.values()
        ]
        assert np.any(refused, axis=0).all()


def test_what_is_asked_for_is_worth_what_the_home_needs():
    """At the flow utility that is asked for, break and promises counted, the side has the larger of both needs."""
    played = at_week(rebuilt(rich(), {"mechanisms": {"commitment": False, "homes_at_table": True}}))
    valuations(played)
    raised = homes.raised_by_homes(played)
    assert (raised >= 0.0).all()
    assert (raised > 0.0).any()
    asked = played.asked[SETTLEMENT_AGENDA] - played.needed[SETTLEMENT_AGENDA]
    assert asked == pytest.approx(raised)
    needs = np.stack([homes.home_need(played, row) for row in (0, 1)]) + played.home_error
    wanted = np.maximum(needs, played.reservation) - incentives(played, SETTLEMENT_AGENDA)
    assert played.asked[SETTLEMENT_AGENDA] + played.outside[SETTLEMENT_AGENDA] == pytest.approx(wanted)


def test_without_bodies_that_ratify_the_switch_does_nothing():
    alone = {"actors": {key: {"home": {"ratifiers": {}, "misreading": 0.1}} for key in ("north", "south")}}
    asks, deaf = (rebuilt(toy(), {**alone, "mechanisms": {"homes_at_table": on}}) for on in (True, False))
    assert differences(play(asks), play(deaf)) == []


def test_a_home_without_a_quota_lets_everything_through():
    free = {"home": {"ratifiers": {"house": {"quota": 0.0, "hardness": 1.0}}}}
    played = at_week(rebuilt(toy(), {"actors": {"north": free}, "mechanisms": {"homes_at_table": True}}))
    assert (homes.home_need(played, 0) == -np.inf).all()
    assert np.array_equal(played.asked[:, 0], played.needed[:, 0])
