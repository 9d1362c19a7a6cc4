"""What is true of every week of every world, whatever its numbers: ranges, order of events, and who signs what."""

from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.theory.ratification import share_in_favour
from sim.theory.war_value import war_value
from sim.world.engine import PHASES, WATCHED, WRITES, NotANumber, check, play_week
from sim.world.phases import signing
from sim.world.phases.valuations import value
from sim.world.quantities import READINGS
from sim.world.state import CEASEFIRE, SETTLEMENT, VICTORY_A, VICTORY_B, WAR, World
from tests.laws import History, events_of
from tests.toys import rebuilt, rich, toy, ukraine

SHARES = (
    "front", "grid", "deficit", "tolerance", "trust", "fatigue", "strain", "text", "terms", "wartime", "ripe", "pressure",
    "good_offices", "guarantee", "sincerity", "best_refused",
)  # fmt: skip
NOT_NEGATIVE = ("forces", "casualties", "cost", "aid", "need", "funded", "annuity", "harm", "unserved", "legitimacy")
CHANGES = {
    "military": {(WAR, VICTORY_A), (WAR, VICTORY_B)},
    "diplomacy": {(WAR, CEASEFIRE), (WAR, SETTLEMENT), (CEASEFIRE, SETTLEMENT)},
    "agreements": {(CEASEFIRE, WAR), (SETTLEMENT, WAR)},
}
"""Changes of status that a phase may make; all others make none."""

OF_SIDE = {
    "curvature": (0.3, 3), "red_line_steepness": (0, 100), "charter_weight": (0, 1), "discount": (0, 0.1), "horizon": (1, 2000),
    "grit.rate": (0, 1), "grit.cost": (0, 1), "grit.good_price": (0, 0.1), "grit.bad_price": (0, 0.1), "grit.silence": (0, 1),
    "precision": (0, 2000), "trust": (0, 1), "trustworthy": (0, 1), "shift": (0, 0.5), "exposure": (0, 0.5), "regroup": (0, 1),
    "economic_strain": (0, 1), "forces.initial": (0, 3), "forces.effectiveness": (0, 0.3), "forces.replacement": (0, 3),
    "forces.aid_share": (0, 1), "forces.losses": (0, 5), "cost.base": (0, 0.02), "cost.deficit": (0, 0.05),
    "beliefs.drift": (-0.05, 0.05), "beliefs.uncertainty": (0, 0.05), "beliefs.process": (0, 0.01), "home.tolerance": (0, 1),
    "home.rally": (0, 1), "home.rally_weight": (0, 20), "home.cohesion": (0, 1), "home.return_rate": (0, 1),
    "grid.usable": (0, 1), "grid.repair": (0, 1), "grid.demand": (0, 1), "grid.winter_demand": (0, 1),
    "ideal_point.recognition": (0, 1), "ideal_point.ceasefire": (0, 1), "red_line.control": (0, 1),
    "home.ratifiers.public.hardness": (-0.5, 0.5), "home.ratifiers.public.quota": (0, 1),
}  # fmt: skip
OF_WORLD = {
    "front.share": (0, 1), "front.mobility": (0, 0.1), "front.volatility": (0, 0.1), "front.persistence": (0, 1),
    "front.own_exponent": (0, 2), "talks.base": (0, 1), "talks.audience_cost": (0, 1), "talks.doubt": (0, 1), "protocol.step": (0, 3),
    "ladder.monitoring": (0, 1), "ladder.noise": (0, 1), "ladder.peace_weeks": (0, 200),
    "ladder.ceasefire_stake": (0, 1), "ladder.settlement_stake": (0, 1), "humanitarian.deal_pull": (0, 20), "agreements.existential": (0, 5),
    "actors.north.existential": (0, 1), "ladder.forgetting": (0, 1), "ladder.rungs.prisoners.rate": (0, 1),
    "ladder.rungs.prisoners.stake": (0, 1), "ladder.rungs.corridor.relieves_need": (0, 1),
    "ladder.rungs.local_truce.spares_front": (0, 1), "agreements.hazard": (0, 1), "agreements.rupture": (0, 1),
    "agreements.charter": (-5, 5), "agreements.rearming": (0, 0.1), "humanitarian.funded": (0, 1), "humanitarian.relief": (0, 1),
    "humanitarian.grid_harm": (0, 1), "nuclear_site.loss_hazard": (0, 1), "incentives.market.value": (0, 1),
    "actors.envoy.bias": (-1, 1), "actors.envoy.information": (0, 1), "actors.envoy.leverage.A": (0, 1),
    "actors.patron.charter_minimum": (0, 1), "issues.recognition.credibility": (0, 1), "issues.recognition.wartime": (0, 1),
    "issues.control.charter_weight": (0, 1), "shocks.winter_strikes.rate": (0, 30), "shocks.winter_strikes.harm": (0, 1),
    "shocks.offensive.changes.0.multiply": (0, 5), "aid.allies.volatility": (0, 2), "aid.allies.commitment_loss": (0, 1),
}  # fmt: skip
RANGES = OF_WORLD | {f"actors.{side}.{path}": ends for side in ("north", "south") for path, ends in OF_SIDE.items()}
RUNS = 24


def any_numbers(seed):
    """Columns in which half of all numbers stay as they are written and the rest lie anywhere, often at an end."""
    rng = np.random.default_rng(seed)
    columns = {}
    for path, (low, high) in RANGES.items():
        if rng.random() < 0.5:
            place = rng.choice([0.0, 1.0, np.nan, np.nan], size=RUNS)
            columns[path] = low + (high - low) * np.where(np.isnan(place), rng.random(RUNS), place)
    return columns


def watch(world):
    """Plays a world and looks at it after every phase; gives its events at the end."""
    signed = []

    def conclude(here, agenda, where, *others):
        signed.append(where.sum())
        look_at_a_signature(here, agenda, where)
        conclude_as_ever(here, agenda, where, *others)

    conclude_as_ever = signing._conclude
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(signing, "_conclude", conclude)
        for _ in range(world.scenario.calendar.weeks):
            for phase in PHASES:
                before = {name: getattr(world, name).copy() for name in ("status", "casualties", *WATCHED)}
                phase(world)
                look(world, phase.__name__, before)
    history = History(world.replicates, {}, events_of(world))
    assert sum(signed) == len([event for own in history.events.values() for event in own if "_signed" in event[1]])
    return history


def look(world, phase, before):
    check(world)
    for name in set(WATCHED) - set(WRITES.get(phase, ())):
        assert np.array_equal(getattr(world, name), before[name]), f"{phase} writes {name} unchecked"
    for name in SHARES:
        values = getattr(world, name)
        assert ((values >= 0.0) & (values <= 1.0)).all(), (name, phase, world.week)
    for name in NOT_NEGATIVE:
        assert (getattr(world, name) >= 0.0).all(), (name, phase, world.week)
    assert (world.funded <= world.need).all() or phase not in ("infrastructure", "recording")
    assert (world.casualties >= before["casualties"]).all()
    at_peace = (before["status"] == CEASEFIRE) | (before["status"] == SETTLEMENT)
    assert (world.front == before["front"])[at_peace].all()
    assert phase != "military" or (world.last_move == 0.0)[at_peace].all()
    moved = world.status != before["status"]
    changes = set(zip(before["status"][moved].tolist(), world.status[moved].tolist(), strict=True))
    assert changes <= CHANGES.get(phase, set()), (phase, changes)


def look_at_a_signature(world, agenda, where):
    """Nobody signs below its reservation value when tastes are off, and every body at home gains enough."""
    worth = value(world, world.text, agenda)
    assert (world.at_war | (world.status == CEASEFIRE))[where].all()
    if not world.on.taste:
        surplus = worth + signing.leverage(world) - world.reservation
        assert (surplus[:, where] >= 0.0).all()
    if world.on.ratification:
        for side, actor in enumerate(world.layout.sides):
            for body in actor.home.ratifiers.values():
                assert in_win_set(world, side, worth[side], body)[where].all()


def in_win_set(world, side, worth, body):
    """Whether enough members of a body prefer the terms to the war that they feel, or to the ceasefire that stands."""
    resting = world.sides.home.tolerance[side]
    burden = 1.0 + body.sensitivity * (resting - world.tolerance[side]) / np.maximum(resting, 1e-9)
    felt = world.cost[side] * np.maximum(burden, 0.0) - (world.bend[side] if world.war_is_bent else 0.0)
    war = war_value(world.flow[side], world.slope[side], world.drift_mean[side], felt, world.annuity[side])
    instead = np.where(world.status == CEASEFIRE, world.reservation[side], war)
    return share_in_favour(worth - instead - body.hardness, body.spread) >= body.quota


def look_at_the_story(world, history):
    """Counts of the events: deals, and what made a peace durable."""
    calendar = world.scenario.calendar
    for run, events in enumerate(history.events.values()):
        counts, breaks = defaultdict(int), set()
        for week, kind, who, _ in events:
            counts[kind, who.partition(".")[0]] += 1
            breaks |= {(week, who.partition(".")[0])} if kind == "rung_broken" else set()
        for key in world.rungs:
            ended = counts["rung_completed", key] + sum(deal == key for _, deal in breaks)
            assert ended <= counts["rung_opened", key] <= ended + 1 + world.scenario.calendar.weeks
            assert counts["rung_completed", key] <= counts["rung_opened", key]
        assert bool(world.durable[run]) == any(
            start < calendar.signing_weeks and end - start > calendar.standing_weeks
            for start, end in peaces(events, calendar.weeks)
        )


def peaces(events, weeks):
    """First and last week, the latter not included, of every peace that was signed."""
    start = None
    for week, kind, *_ in events:
        if kind.endswith("_signed") and start is None:
            start = week
        elif kind == "agreement_broken":
            yield start, week
            start = None
    if start is not None:
        yield start, weeks


def lived_soundly(scenario, runs, columns=None, seed=5):
    world = World(scenario, seed, np.arange(runs), columns)
    look_at_the_story(world, watch(world))
    return world


@settings(max_examples=4)
@given(st.integers(0, 2**32 - 1))
def test_any_numbers_make_a_sound_world(seed):
    lived_soundly(rich(), RUNS, any_numbers(seed))


@pytest.mark.slow
@settings(max_examples=3)
@given(st.integers(0, 2**32 - 1))
def test_any_numbers_without_taste_make_a_sound_world(seed):
    lived_soundly(rebuilt(rich(), {"mechanisms": {"taste": False}}), RUNS, any_numbers(seed))


@pytest.mark.slow
@settings(max_examples=60)
@given(st.integers(0, 2**32 - 1), st.booleans())
def test_many_numbers_make_sound_worlds(seed, taste):
    lived_soundly(rebuilt(rich(), {"mechanisms": {"taste": taste}}), RUNS, any_numbers(seed))


@pytest.mark.parametrize("taste", [True, False])
def test_the_main_scenario_is_sound(taste):
    world = lived_soundly(rebuilt(ukraine(), {"mechanisms": {"taste": taste}}), 16)
    positions = world.society.by_topic()
    assert ((positions >= 0.0) & (positions <= 1.0)).all()
    assert (world.status != WAR).any()


def test_the_toy_signs_and_becomes_durable():
    world = lived_soundly(rebuilt(toy(()), {"mechanisms": {"taste": False}}), 64)
    assert 0 < world.durable.sum() < 64


def test_what_the_engine_watches_and_what_is_read_stays_a_number():
    assert set(WATCHED) <= set(vars(World(toy(()), 1, [0])))
    world = World(ukraine(), 5, np.arange(12))
    sometimes = {"offer", "nash_line", "nash_gain", "sincere", "believed_sincerity", "accepts_a", "accepts_b"}
    for _ in range(60):
        for phase in PHASES:
            phase(world)
        for name, reading in READINGS.items():
            values = reading(world)
            assert values.shape == (12,)
            assert np.isfinite(values).all() or name in sometimes, name


@pytest.mark.parametrize("phase", WRITES)
def test_what_is_not_a_number_is_told_with_its_phase_and_its_run(phase, monkeypatch):
    """The phase that broke it is named, and not a later one to which it spread."""
    place = [each.__name__ for each in PHASES].index(phase)
    for name in WRITES[phase]:
        world = World(rebuilt(rich(), {"mechanisms": {"talk_learning": True}}), 5, [3, 8, 12])
        play_week(world)

        def spoil(world, name=name):
            PHASES[place](world)
            setattr(world, name, np.where(np.arange(3) == 1, np.nan, getattr(world, name)))

        spoil.__name__ = phase
        spoilt = (*PHASES[:place], spoil, *PHASES[place + 1 :])
        with monkeypatch.context() as patch:
            patch.setattr("sim.world.engine.PHASES", spoilt)
            with pytest.raises(NotANumber, match=rf"^{phase}: {name} is not a number in week 1, replicates \[8\]$"):
                play_week(world)
