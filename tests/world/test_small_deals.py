"""The ladder in a world: the reasons why it does not climb, each on and off."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.scenario.vocabulary.scenario import Mechanisms
from sim.theory.attribution import report_probability
from sim.theory.ladder import believe
from sim.world.engine import weeks
from sim.world.phases.ladder import _rate
from sim.world.small_deals import deal_odds
from sim.world.state import World
from tests.laws import differences, play
from tests.toys import rebuilt, rich, toy, ukraine

MANY = np.arange(64)
SURE = {"noise": 0, "monitoring": 1, "forgetting": 0, "defection": "stake"}


def events(history, kind):
    return [(run, event) for run, own in history.events.items() for event in own if event[1] == kind]


def odds_with(learning="bayes", base=SURE, **switches):
    scenario = rebuilt(toy(()), {"mechanisms": switches, "ladder": {**base, "learning": learning}})
    world = World(scenario, 3, [0, 1])
    return world.deals


def test_without_diagnosticity_all_deals_tempt_and_teach_like_the_reference():
    plain, level = odds_with(), odds_with(diagnosticity=False)
    assert np.allclose(plain.kept[:, 0, 0], [1 / (1 - 0.05), 1 / (1 - 0.25)])
    assert np.allclose(level.kept, 1 / (1 - 0.6))
    assert (level.cheats == 0.6).all()
    assert np.isin(level.breaks, [0.0, 0.6]).all()


def test_without_asymmetry_a_breach_takes_back_one_kept_deal_and_reports_err_to_match():
    plain, level = odds_with(), odds_with(asymmetric_loss=False)
    assert plain.blame is None
    assert np.allclose(level.kept, plain.kept)
    assert np.allclose(level.kept * level.broken, 1.0)
    assert (plain.broken < level.broken).all()


REPORTS = {
    "noise": st.floats(0.0, 0.3),
    "monitoring": st.floats(0.0, 1.0),
    "misattribution": st.floats(0.0, 0.5),
    "accusation": st.floats(0.0, 0.5),
    "reference_stake": st.floats(0.0, 1.0),
    "defection": st.sampled_from(["stake", "logit"]),
    "defection_gain": st.floats(0.0, 0.3),
    "continuation_value": st.floats(0.0, 0.1),
}


@settings(max_examples=100)
@given(st.fixed_dictionaries(REPORTS), st.booleans(), st.booleans(), st.floats(0.01, 0.99), st.floats(0.0, 1.0))
def test_what_a_deal_teaches_is_bayes_with_every_mechanism_on_or_off(rules, diagnosticity, asymmetric, trust, stake):
    """Weighed by how probable blame is in the world that is played, trust stays on average what it was."""
    rules = SimpleNamespace(**rules, learning="bayes")
    on = Mechanisms(diagnosticity=diagnosticity, asymmetric_loss=asymmetric)
    found = {}
    for faith in (True, False):
        types = np.array([[faith], [True]])
        deals = deal_odds(rules, on, np.array([[stake]]), np.array([[45.0], [45.0]]), types)
        seen = [rules.monitoring, rules.misattribution, rules.accusation]
        reported = report_probability(deals.breaks[:, 0], deals.breaks[:, 1], *seen)
        chance = reported if deals.blame is None else deals.blame[:, 0]
        found[faith] = (float(chance[0, 0]), float(deals.kept[0, 0, 0]), float(deals.broken[0, 0, 0]))
    assert found[True][1:] == pytest.approx(found[False][1:])
    blamed = {faith: numbers[0] for faith, numbers in found.items()}
    _, kept, broken = found[True]
    odds = trust / (1.0 - trust)
    after = [odds * factor / (1.0 + odds * factor) for factor in (broken, kept)]
    chance = trust * blamed[True] + (1.0 - trust) * blamed[False]
    assert chance * after[0] + (1.0 - chance) * after[1] == pytest.approx(trust, abs=1e-6)


@pytest.mark.parametrize("learning", ["credulous", "forgiving"])
def test_learning_against_bayes_raises_trust_without_reason(learning):
    muddy = {"noise": 0.02, "monitoring": 0.8, "accusation": 0.1, "defection": "stake", "reference_stake": 0.6}
    plain, strange = odds_with(base=muddy), odds_with(learning, base=muddy)
    assert (strange.cheats == plain.cheats).all()
    assert strange.blame is None
    good, bad = (
        report_probability(one, plain.breaks[:, ::-1], muddy["monitoring"], 0.0, muddy["accusation"])
        for one in (muddy["noise"], plain.cheats)
    )
    for deals, least in ((plain, 0.0), (strange, 1e-3)):
        chance = 0.5 * (good + bad)
        after = chance * believe(0.5, deals.broken) + (1.0 - chance) * believe(0.5, deals.kept)
        assert (after - 0.5 >= least - 1e-9).all()
        assert least or after == pytest.approx(0.5)


def trusting(learning="bayes", **switches):
    """A world after 30 weeks in which only deals of one week move trust, at first as large as good faith is frequent."""
    deals = {key: {"rate": 0.5, "trust": 0, "duration": 1} for key in ("prisoners", "power_plants")}
    sides = {side: {"trust": 0.4, "trustworthy": 0.4} for side in ("north", "south")}
    off = {"forgetting": False, "peace_trust": False, "grit": False}
    rules = {"noise": 0.02, "monitoring": 0.8, "misattribution": 0.1, "accusation": 0.1, "defection": "stake"}
    scenario = rebuilt(toy(()), {
        "actors": sides, "mechanisms": off | switches, "ladder": {**rules, "rungs": deals, "learning": learning},
        "talks": {"base": 0, "ripe_weight": 0, "pressure_weight": 0, "enticing_weight": 0, "instrumental_weight": 0},
    })  # fmt: skip
    world = World(scenario, 3, np.arange(1024))
    for _, _ in zip(range(30), weeks(world), strict=False):
        pass
    return world


@pytest.mark.parametrize("switches", [{}, {"diagnosticity": False}, {"asymmetric_loss": False}])
def test_trust_in_played_worlds_is_right_on_average(switches):
    world = trusting(**switches)
    assert world.trust.std() > 0.1
    assert world.trust.mean() == pytest.approx(0.4, abs=0.035)
    seen_by_other = world.trust[::-1]
    sure = seen_by_other > 0.55
    assert sure.sum() > 100
    assert world.trustworthy[sure].mean() == pytest.approx(seen_by_other[sure].mean(), abs=0.06)


@pytest.mark.parametrize("learning", ["credulous", "forgiving"])
def test_sides_that_do_not_learn_by_bayes_trust_more_than_is_true(learning):
    world = trusting(learning)
    assert world.trust.mean() > world.trustworthy.mean() + 0.1


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
