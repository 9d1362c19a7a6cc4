"""The ladder in a world: the reasons why it does not climb, each on and off."""

import numpy as np
import pytest

from sim.world.phases.ladder import _rate
from sim.world.small_deals import deal_odds
from sim.world.state import World
from tests.laws import differences, play
from tests.toys import rebuilt, rich, toy, ukraine

MANY = np.arange(64)
SURE = {"noise": 0, "monitoring": 1, "forgetting": 0, "defection": "stake"}


def events(history, kind):
    return [(run, event) for run, own in history.events.items() for event in own if event[1] == kind]


def odds_with(**switches):
    scenario = rebuilt(toy(()), {"mechanisms": switches, "ladder": SURE})
    world = World(scenario, 3, [0, 1])
    return deal_odds(world.tree.ladder, world.on, world.rung_stake, world.sides.precision, world.trustworthy)


def test_without_diagnosticity_all_kept_deals_teach_like_the_reference():
    plain, level = odds_with(), odds_with(diagnosticity=False)
    assert np.allclose(plain.kept[:, 0, 0], [1 / (1 - 0.05), 1 / (1 - 0.25)])
    assert np.allclose(level.kept, 1 / (1 - 0.6))
    assert (level.broken == plain.broken).all()


def test_without_asymmetry_a_breach_takes_back_one_kept_deal():
    level = odds_with(asymmetric_loss=False)
    assert np.allclose(level.kept * level.broken, 1.0)
    assert (odds_with().broken < level.broken).all()


def test_a_deal_is_taken_only_if_its_surplus_beats_the_risk():
    risky = {"ladder": {"loss": 100}}
    assert events(play(rebuilt(toy(()), risky), MANY), "rung_opened") == []
    worth = {"ladder": {"loss": 100, "rungs": {"prisoners": {"surplus": 100}}}}
    assert {event[2] for _, event in events(play(rebuilt(toy(()), worth), MANY), "rung_opened")} == {"prisoners"}


def test_a_deal_that_is_not_separable_waits_for_a_ceasefire_worth_having():
    risky = rebuilt(toy(()), {"ladder": {"loss": 0.01}})
    tied = play(rebuilt(risky, {"mechanisms": {"separability": False}}), MANY)
    possible = tied.traces["surplus"][:, 0].min(axis=1)
    for run, (week, *_) in events(tied, "rung_opened"):
        assert possible[week, run] >= 0.0
    assert len(events(tied, "rung_opened")) < len(events(play(risky, MANY), "rung_opened"))


def test_only_bad_types_gain_from_a_pause():
    change = {"ladder": {"rungs": {"local_truce": {"rate": 0.5, "trust": 0, "regroup": 0.5}}}}
    worlds = {}
    for good in (0, 1):
        sides = {"actors": {side: {"trustworthy": good} for side in ("north", "south")}}
        pause = rebuilt(rich(), {**change, **sides})
        idle = rebuilt(pause, {"mechanisms": {"strategic_use": False}})
        worlds[good] = differences(play(pause, MANY[:16], weeks=20), play(idle, MANY[:16], weeks=20))
    assert worlds[1] == []
    assert {"forces", "grid"} <= set(worlds[0])


def test_a_full_linkage_brings_the_next_rung_in_the_week_after_a_success():
    linked = {"ladder": {"linkage": 1, "rungs": {"power_plants": {"rate": 0, "trust": 0}, "prisoners": {"trust": 0}}}}
    history = play(rebuilt(toy(()), linked), MANY)
    closed = {run: {week for week, kind, who, _ in own if (kind, who) == ("rung_completed", "prisoners")}
              for run, own in history.events.items()}  # fmt: skip
    opened = [(run, event[0]) for run, event in events(history, "rung_opened") if event[2] == "power_plants"]
    assert len(opened) > 50
    assert all(week - 1 in closed[run] for run, week in opened)
    none = rebuilt(toy(()), {"ladder": {**linked["ladder"], "linkage": 0}})
    assert [event for _, event in events(play(none, MANY), "rung_opened") if event[2] == "power_plants"] == []


def test_need_that_grows_pulls_the_deals_that_relieve_it_and_no_others():
    dire = {"humanitarian": {"funded": 0.9, "donor_fatigue": 0.05, "displacement": 0.03}}
    calm = rebuilt(rich(), {**dire, "humanitarian": {**dire["humanitarian"], "deal_pull": 0}})
    pulled = rebuilt(calm, {"humanitarian": {"deal_pull": 20}})
    here, there = (play(one, MANY, weeks=30) for one in (calm, pulled))

    def opened(history, key):
        return len([event for _, event in events(history, "rung_opened") if event[2] == key])

    assert opened(there, "corridor") > 1.5 * opened(here, "corridor")
    off = rebuilt(pulled, {"mechanisms": {"humanitarian": False}})
    assert differences(play(off, MANY[:16]), play(rebuilt(off, {"humanitarian": {"deal_pull": 0}}), MANY[:16])) == []
    world = World(pulled, 3, MANY[:8])
    assert np.array_equal(_rate(world), np.minimum(world.rung_rate, 1.0))
    world.funded[:] = 0.0
    faster = _rate(world) / world.rung_rate
    assert faster[world.rungs.index("corridor")] == pytest.approx(1 + 20 * 0.9)
    assert faster[world.rungs.index("prisoners")] == pytest.approx(1.0)


def test_a_success_on_the_highest_rung_calls_the_table():
    silent = {"base": 0, "ripe_weight": 0, "pressure_weight": 0, "enticing_weight": 0, "instrumental_weight": 0}
    deals = {"linkage": 1, "noise": 0, "rungs": {"prisoners": None, "power_plants": {"rate": 1, "trust": 0}}}
    history = play(rebuilt(toy(()), {"talks": silent, "ladder": deals}), MANY[:16])
    done = {(run, event[0] + 1) for run, event in events(history, "rung_completed")}
    talks = {(run, event[0]) for run, event in events(history, "talks_opened")}
    assert talks
    assert talks <= done


@pytest.mark.parametrize(
    ("agenda", "key"), [("ceasefire_signed", "table_trust"), ("settlement_signed", "settlement_trust")]
)
def test_what_is_signed_needs_the_trust_of_its_rung(agenda, key):
    base = play(rebuilt(rich(), {"ladder": {"rungs": {}}}), MANY)
    strict = play(rebuilt(rich(), {"ladder": {key: 1}}), MANY)
    assert events(base, agenda)
    assert events(strict, agenda) == []


def test_accusations_and_wrong_doors_act_and_leave_the_deals_of_the_first_week_alone():
    for option in ("misattribution", "accusation"):
        muddied = rebuilt(ukraine(), {"ladder": {option: 0.5}})
        clear = rebuilt(ukraine(), {"ladder": {option: 0}})
        assert differences(play(muddied, MANY[:8], weeks=1), play(clear, MANY[:8], weeks=1)) == []
        assert "trust" in differences(play(muddied, MANY[:8], weeks=30), play(clear, MANY[:8], weeks=30))
