"""The laws of the engine: bits, common luck, nothing from nothing, the mirror, invariants, switches, extremes."""

import numpy as np
import pytest

from sim.randomness import Luck
from sim.scenario.writing import tree_of
from sim.theory.choice import accepts
from sim.world.engine import PHASES, play_week, weeks
from sim.world.phases.calendar import week_of
from sim.world.state import CEASEFIRE, SETTLEMENT, VICTORY_A, VICTORY_B, WAR, World
from tests.laws import (
    SIGNED,
    MirroredLuck,
    differences,
    lived,
    mirrored,
    mirrored_columns,
    play,
    same_events,
    turned,
)
from tests.toys import of_tree, rebuilt, rich, toy, ukraine

SCENARIOS = {"toy": lambda: toy(()), "rich": rich, "ukraine": ukraine}
INERT = {
    "kind": "mediator", "iso3": "CHE", "mandate": (), "access": {"A": 0.9, "B": 0.9}, "engagement": 0.9,
    "patience": 3, "bias": 0.5,
}  # fmt: skip


OTHER_NAMES = {"north": "upland", "south": "lowland", "patron": "friend"}


def with_other_names(node):
    """A tree in which actors have other keys, wherever they are named; codes stay."""
    if isinstance(node, dict):
        return {with_other_names(key): with_other_names(value) for key, value in node.items()}
    if isinstance(node, tuple | list):
        return tuple(with_other_names(value) for value in node)
    if isinstance(node, str):
        for old, new in OTHER_NAMES.items():
            node = node.replace(old, new)
    return node


def named(name):
    return SCENARIOS[name]()


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_replicate_has_the_same_bits_alone_and_in_any_company(name):
    scenario = named(name)
    among = play(scenario, range(7))
    assert differences(among.take([3]), play(scenario, [3])) == []
    assert differences(among.take([5, 0, 3]), play(scenario, [5, 0, 3])) == []


@pytest.mark.parametrize("name", ["toy", "rich"])
def test_a_wide_batch_has_the_bits_of_a_narrow_one(name):
    scenario, some = named(name), [0, 1, 77, 127]
    assert differences(play(scenario, range(128), weeks=60).take(some), play(scenario, some, weeks=60)) == []


def test_the_same_seed_gives_the_same_history_and_another_seed_another():
    assert differences(play(rich()), play(rich())) == []
    assert "front" in differences(play(rich()), play(rich(), seed=12))


def test_a_shock_leaves_the_weeks_before_it_untouched():
    with_shock, without = rich(), rebuilt(rich(), {"shocks": {"offensive": None}})
    first = week_of(World(with_shock, 11, [0]), with_shock.shocks["offensive"].when)
    assert differences(play(with_shock, weeks=first), play(without, weeks=first)) == []
    assert "front" in differences(play(with_shock, weeks=first + 2), play(without, weeks=first + 2))


@pytest.mark.parametrize("shock", ["offensive", "harvest", "fatigue_of_donors", "collapse"])
def test_a_shock_of_size_zero_changes_nothing(shock):
    silent = play(rebuilt(rich(), {"shocks": {shock: {"size": 0}}}))
    absent = play(rebuilt(rich(), {"shocks": {shock: None}}))
    assert [name for name in differences(silent, absent) if name != "events"] == []
    silent.events = {
        number: [event for event in events if event[2] != shock] for number, events in silent.events.items()
    }
    assert same_events(silent, absent)


def test_a_campaign_without_force_changes_nothing_but_the_count_of_its_waves():
    harmless = rebuilt(toy(()), {"shocks": {"winter_strikes": {"size": 0, "harm": 0}}})
    absent = rebuilt(toy(()), {"shocks": {"winter_strikes": None}})
    assert differences(play(harmless), play(absent)) == ["reading strikes"]


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_mediator_that_knows_nothing_gives_nothing_and_may_propose_nothing_changes_nothing(name):
    scenario = named(name)
    assert differences(play(rebuilt(scenario, {"actors": {"idle": INERT}})), play(scenario)) == []


def test_a_guarantee_without_credibility_is_none():
    empty = rebuilt(rich(), {"actors": {"envoy": {"guarantee": 1, "guarantee_credibility": 0}}})
    none = rebuilt(rich(), {"actors": {"envoy": {"guarantee": 0, "guarantee_credibility": 0}}})
    assert differences(play(empty), play(none)) == []


def test_a_state_without_ties_changes_no_other_states_vote():
    scenario = ukraine()
    lines = scenario.tables.texts["states.csv"].splitlines()
    alone = "XAA" + lines[1][3:]
    more = rebuilt(scenario, {}, {"states.csv": "\n".join([*lines, alone]) + "\n"})
    worlds = [World(one, 11, [0, 1]) for one in (scenario, more)]
    for world in worlds:
        play_week(world)
    for text in worlds[0].journal.ballots:
        assert (worlds[0].journal.ballots[text] == worlds[1].journal.ballots[text][:193]).all()


def test_renaming_actors_changes_only_labels():
    renamed = of_tree(with_other_names(tree_of(rich())), rich().tables.texts)
    assert [name for name in differences(play(rich()), play(renamed)) if name != "events"] == []


def test_rescaling_an_issue_changes_only_labels():
    tree = tree_of(toy(()))
    change = {"issues": {"recognition": {"scale": (0.0, 60.0)}}, "actors": {}}
    for side in ("north", "south"):
        wanted = tree["actors"][side]["ideal_point"]["recognition"]
        change["actors"][side] = {"ideal_point": {"recognition": 60.0 * wanted}}
    assert differences(play(rebuilt(toy(()), change)), play(toy(())), 1e-10) == []


@pytest.mark.parametrize("name", ["toy", "rich"])
def test_the_mirrored_world_has_the_mirrored_history(name):
    scenario = named(name)
    straight = World(scenario, 11, np.arange(12))
    other = of_tree(mirrored({**tree_of(scenario), "variants": {}}), scenario.tables.texts)
    luck = MirroredLuck(Luck(11, np.arange(12), scenario.calendar.weeks), SIGNED)
    reflected = World(other, 11, np.arange(12), mirrored_columns(straight.drawn), luck)
    found = differences(lived(straight), turned(lived(reflected)), 1e-10)
    assert found == []


def test_without_noise_and_uncertainty_all_replicates_are_one():
    still = rebuilt(
        toy(()),
        {
            "front": {"volatility": 0, "observation_noise": 0.004},
            "mechanisms": {"strikes": False, "shocks": False, "taste": False, "ladder": False, "mediation": False,
                           "breaking": False, "instrumental_talks": False, "preconditions": False},
            "talks": {"base": 0, "ripe_weight": 0, "pressure_weight": 0, "enticing_weight": 0},
        },
    )  # fmt: skip
    world = World(still, 11, np.arange(8))
    fixed = {path: np.full(8, values[0]) for path, values in world.drawn.items()}
    history = play(still, range(8), columns=fixed)
    for name in ("front", "forces", "reading belief_a", "reading cost_b"):
        assert (history.traces[name] == history.traces[name][..., :1]).all(), name


def test_an_agreement_without_hazard_never_breaks():
    safe = rebuilt(rich(), {"agreements": {"hazard": 0}})
    events = [event for events in play(safe, range(40)).events.values() for event in events]
    assert any(event[1] == "ceasefire_signed" for event in events)
    assert not any(event[1] == "agreement_broken" for event in events)


def test_acceptance_of_no_precision_is_a_coin_whatever_the_terms():
    taste = np.linspace(-5, 5, 101)
    assert accepts(np.full(101, -3.0), taste, 1e-12).mean() == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize("name", ["rich", "ukraine"])
def test_what_is_bounded_stays_inside_and_only_allowed_changes_happen(name):
    world = World(named(name), 3, np.arange(24))
    allowed = {(WAR, other) for other in range(5)} | {
        (CEASEFIRE, SETTLEMENT),
        (CEASEFIRE, WAR),
        (SETTLEMENT, WAR),
    }
    allowed |= {(one, one) for one in range(5)}
    before, lost, front = world.status, world.casualties, world.front
    for _ in weeks(world):
        for share in (
            world.front,
            world.trust,
            world.tolerance,
            world.grid,
            world.deficit,
            world.ripe,
            world.fatigue,
        ):
            assert ((share >= 0) & (share <= 1)).all()
        assert (world.funded <= world.need + 1e-12).all()
        assert (world.casualties >= lost).all()
        assert set(zip(before.tolist(), world.status.tolist(), strict=True)) <= allowed
        at_rest = np.isin(before, (CEASEFIRE, SETTLEMENT, VICTORY_A, VICTORY_B))
        assert (world.front[at_rest] == front[at_rest]).all()
        before, lost, front = world.status, world.casualties, world.front


def test_without_a_taste_nobody_signs_below_the_reservation_value(monkeypatch):
    from sim.world.phases import signing

    seen = []
    kept = signing._conclude

    def watch(world, agenda, where, pressed, worth):
        seen.append((worth + pressed - world.reservation)[:, where].min())
        kept(world, agenda, where, pressed, worth)

    monkeypatch.setattr(signing, "_conclude", watch)
    play(rebuilt(rich(), {"mechanisms": {"taste": False}}), range(40))
    assert seen
    assert min(seen) >= -1e-12


@pytest.mark.parametrize("name", ["rich", "ukraine"])
def test_durable_is_signed_in_time_and_stands_a_year(name):
    scenario = named(name)
    world, rules = World(scenario, 3, np.arange(48)), scenario.calendar
    peace = np.stack([np.array(world.at_peace) for _ in weeks(world)])
    for run in range(48):
        spells = "".join("p" if at_peace else "w" for at_peace in peace[:, run])
        starts = [w for w in range(len(spells)) if spells[w] == "p" and (w == 0 or spells[w - 1] == "w")]
        lengths = {start: len(spells[start:].split("w")[0]) for start in starts}
        durable = any(s < rules.signing_weeks and n > rules.standing_weeks for s, n in lengths.items())
        assert durable == world.durable[run]


EXTREMES = {
    "a very quiet front": {"front": {"volatility": 1e-5, "observation_noise": 1e-5}},
    "a front at A's end": {"front": {"share": 0}},
    "a front at B's end": {"front": {"share": 1}},
    "a horizon of a week": {"actors": {"north": {"horizon": 1}, "south": {"horizon": 1}}},
    "a horizon of a century": {"actors": {"north": {"horizon": 5000}, "south": {"horizon": 5000}}},
    "no ladder": {"ladder": None},
    "no shocks": {"shocks": None},
    "no mediator": {"actors": {"envoy": None}},
    "certain responses": {"actors": {"north": {"precision": 1e4}, "south": {"precision": 1e4}}},
    "careless responses": {"actors": {"north": {"precision": 0}, "south": {"precision": 0}}},
    "red lines without weight": {"actors": {"north": {"red_line_steepness": 0}}},
    "sacred values": {"actors": {"north": {"curvature": 0.5}, "south": {"curvature": 2}}},
    "a mere settlement": {"issues": {"ceasefire": {"agenda": "settlement"}}},
    "no discount": {"actors": {"north": {"discount": 0}}},
}


@pytest.mark.parametrize("extreme", EXTREMES)
def test_extremes_are_played_without_a_number_that_is_none(extreme):
    world = World(rebuilt(toy(()), EXTREMES[extreme]), 5, np.arange(6))
    assert len(list(weeks(world))) == 156


def test_a_week_has_its_phases_in_their_order():
    order = [phase.__name__ for phase in PHASES]
    assert order == ["calendar", "shocks", "military", "infrastructure", "domestic", "beliefs", "valuations",
                     "third_parties", "fora", "diplomacy", "ladder", "agreements", "recording"]  # fmt: skip
