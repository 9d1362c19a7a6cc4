"""Small scenarios and their results, played once a session and shared by the tests that read them."""

import copy
import datetime
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from sim.experiment.execution import run
from sim.record.result import Result
from sim.scenario import Scenario, load
from sim.scenario.checking import check
from sim.scenario.faults import Fault
from sim.scenario.overrides import is_quantity, laid_over
from sim.scenario.quantity import parse_quantity
from sim.scenario.table_files import Shelf
from sim.scenario.writing import tree_of
from sim.world.binding import bound

ROOT = Path(__file__).resolve().parents[1]
TOY = ROOT / "scenarios" / "toy-two-sides"
SHORT = ("calendar.signing_weeks=30", "calendar.standing_weeks=20", "calendar.weeks=60")


@cache
def toy(overrides: Sequence[str] = SHORT) -> Scenario:
    """The scenario to learn with, 60 weeks long if nothing else is said."""
    return load(TOY, overrides=overrides)


@cache
def assembly() -> Scenario:
    """A scenario with a table of states, ties, donors, and two texts on which they vote."""
    text = "general_weight: 0.5, conflict_weight: 1, demand: 0, band: 0.5"
    texts = f"texts={{draft: {{date: 2030-02-01, {text}}}, motion: {{date: 2030-03-01, {text}, majority: simple}}}}"
    return load(ROOT / "tests" / "bad_scenarios" / "000-good-tables", overrides=[texts, *SHORT])


@cache
def toy_result() -> Result:
    """The whole toy, 96 runs of 156 weeks with their trajectories."""
    return run(toy(()), replicates=96, seed=5, trajectories=True)


@cache
def assembly_result() -> Result:
    """The scenario with states, 24 runs."""
    return run(assembly(), replicates=24, seed=5, trajectories=True)


def rebuilt(scenario: Scenario, change: Mapping[str, Any], texts: Mapping[str, str] | None = None) -> Scenario:
    """A scenario with a change laid over it, as a variant would; null takes an entry away.

    Parameters
    ----------
    texts : mapping from file name to text
        Tables beside those that the scenario has.
    """
    faults: list[Fault] = []
    tree = laid_over({**tree_of(scenario), "variants": {}}, change, "", faults)
    return of_tree(tree, {**scenario.tables.texts, **(texts or {})}, faults)


def of_tree(tree: Mapping[str, Any], texts: Mapping[str, str], faults: Sequence[Fault] = ()) -> Scenario:
    """The scenario of a tree and of the texts of its tables."""
    checked = check(dict(tree), Shelf(texts=dict(texts)))
    assert [*faults, *checked.faults] == []
    assert checked.scenario is not None
    return bound(checked.scenario)


@cache
def rich() -> Scenario:
    """The toy with every mechanism that needs no table of states: two grids, two campaigns, homes, a site, shocks."""
    return rebuilt(toy(()), RICH, {"donors.csv": "donor,weekly\nUSA,3\nDEU,2\nPOL,1\n"})


@cache
def ukraine() -> Scenario:
    """The main scenario."""
    return load(ROOT / "scenarios" / "ukraine-2026")


def _munitions(damage: float) -> dict[str, Any]:
    return {"drones": {"per_wave": 100, "damage": damage}, "missiles": {"per_wave": 10, "damage": 5 * damage}}


_HOME = {
    "misreading": {"uniform": [0.0, 0.05]},
    "ratifiers": {
        "public": {"quota": 0.5, "spread": {"uniform": [0.05, 0.2]}, "hardness": {"uniform": [-0.05, 0.05]}},
        "army": {"quota": 0.5, "spread": 0.0, "hardness": -0.1},
    },
}
_COST = {"humanitarian": 0.0005, "nuclear": 0.0005, "economy": 0.0005}
RICH: dict[str, Any] = {
    "actors": {
        "north": {
            "home": _HOME,
            "cost": _COST,
            "regroup": {"uniform": [0.0, 0.1]},
            "exposure": 0.02,
            "charter_weight": 0.05,
            "preconditions": {"withdrawal": {"issue": "control", "at_most": 0.5}},
            "forces": {"aid_share": 0.3},
            "existential": {"uniform": [0.2, 0.8]},
            "grit": {"rate": 0.1, "cost": {"uniform": [0.0, 0.01]}},
            "grid": {"aid_elasticity": 0.3},
        },
        "south": {
            "home": _HOME,
            "cost": _COST,
            "regroup": {"uniform": [0.0, 0.1]},
            "preconditions": {"annexation": {"issue": "recognition", "at_least": 0.5}},
            "forces": {"aid_share": 0.1},
            "grit": {"rate": 0.05, "cost": 0.004, "bad_price": 0.002},
            "grid": {"usable": {"uniform": [0.8, 0.95]}},
        },
        "envoy": {
            "bias": {"uniform": [-0.5, 0.5]}, "good_offices": 0.7, "guarantee": 0.6, "guarantee_credibility": 0.5,
        },
        "patron": {
            "kind": "mediator",
            "iso3": "USA",
            "arms": "A",
            "access": {"A": 0.9, "B": 0.4},
            "leverage": {"A": 0.05, "B": 0.02},
            "bias": 0.4,
            "information": 0.5,
            "charter_minimum": {"uniform": [0.0, 0.6]},
            "site_presence": 0.3,
        },
        "neighbour": {
            "kind": "mediator",
            "iso3": "TUR",
            "access": {"A": 0.5, "B": 0.8},
            "mandate": ("ceasefire",),
            "good_offices": 0.4,
            "information": 0.3,
        },
    },
    "issues": {"recognition": {"credibility": 0.7, "wartime": {"uniform": [0.0, 0.2]}}},
    "front": {"persistence": 0.4, "own_exponent": 0.3},
    "humanitarian": {"side": "north", "funded": 0.5, "deal_pull": 3.0},
    "nuclear_site": {"side": "north", "loss_hazard": 0.04},
    "talks": {"base": 0.03, "precondition_drop": 0.1, "doubt": 0.5},
    "ladder": {
        "linkage": 0.5,
        "peace_weeks": {"uniform": [10, 60]},
        "rungs": {
            "corridor": {"rung": 2, "stake": 0.1, "duration": 6, "trust": 0.03, "rate": 0.02, "relieves_need": 0.02},
            "local_truce": {
                "rung": 4, "stake": 0.3, "duration": 3, "trust": 0.1, "rate": 0.01,
                "spares_front": 0.3, "repairs_site": True,
            },
        },
    },
    "agreements": {"hazard": 0.01, "charter": 0.5},
    "mechanisms": {"homes_at_table": True},
    "incentives": {
        "reconstruction": {"party": "north", "value": 0.05, "credibility": 0.5, "condition": "ceasefire"},
        "market": {"party": "south", "value": {"uniform": [0.0, 0.1]}, "credibility": 0.6, "condition": "settlement"},
    },
    "aid": {"allies": {"recipient": "north", "donors": "donors.csv", "peer_pull": 0.05}},
    "shocks": {
        "counter_strikes": {"kind": "strike_campaign", "target": "south", "rate": 0.3, **_munitions(0.001)},
        "offensive": {
            "kind": "dated",
            "when": datetime.date(2030, 6, 1),
            "size": {"uniform": [0.5, 1.5]},
            "changes": ({"target": "forces.south", "multiply": 1.1}, {"target": "mobility", "multiply": 1.5}),
            "lasts": 12,
        },
        "harvest": {"kind": "seasonal", "hazard": 0.1, "lasts": 4,
                    "changes": ({"target": "economy.south", "add": 0.1},)},
        "fatigue_of_donors": {
            "kind": "stochastic",
            "hazard": 0.03,
            "changes": ({"target": "aid.USA", "multiply": 0.4}, {"target": "engagement.envoy", "multiply": 0.5}),
            "lasts": 10,
        },
        "collapse": {
            "kind": "triggered",
            "watch": "grid.north",
            "below": 0.5,
            "hazard": 0.2,
            "changes": ({"target": "tolerance.north", "add": -0.05},),
        },
    },
}  # fmt: skip
"""What `rich` lays over the toy."""


INTERACTIONS = {
    "line": {"issue": "control", "other": "control", "weight": 0.2},
    "law": {"issue": "recognition", "other": "recognition", "weight": 0.2},
    "both": {"issue": "control", "other": "recognition", "weight": 0.15},
}
OPTIONAL: dict[str, dict[str, Any]] = {
    "interactions": {"interactions": INTERACTIONS},
    "moving_red_lines": {"red_line_softening": 0.004, "red_line_hardening": 0.1},
    "war_curvature": {"curvature": 2.0},
    "gambling": {"home": {"gamble": 0.5, "gamble_below": 0.8}},
    "talk_learning": {},
    "holding_out": {},
    "reservation_messages": {},
    "consent": {},
}
"""What the mechanisms that rest in every shipped scenario need of both sides before they act."""


def with_veto_player(scenario: Scenario, **changes: Any) -> Scenario:
    """A scenario with a veto player whose wishes lie near A's on the first two issues."""
    names = list(scenario.issues)[:2]
    wishes = {"ideal_point": dict.fromkeys(names, 0.2), "salience": dict.fromkeys(names, 1.0)}
    player = {"kind": "veto_player", "consent": "both", "reservation": "status_quo", "precision": 45.0, **wishes}
    return rebuilt(scenario, {"actors": {"third": player | changes}})


def awake(scenario: Scenario, *switches: str) -> Scenario:
    """A scenario in which mechanisms that rest as shipped act on both sides, or have a veto player to act on."""
    scenario = with_veto_player(scenario) if "consent" in switches else scenario
    both: dict[str, Any] = {}
    for switch in switches:
        both |= OPTIONAL[switch]
    wanted = {"talk_learning", "holding_out", "reservation_messages"} & {*switches}
    on = dict.fromkeys(wanted | ({"talk_learning"} if wanted else set()), True)
    sides = {"actors": dict.fromkeys(scenario.belligerents, both)}
    return rebuilt(scenario, {**sides, "mechanisms": on, "talks": {"taste_half_life": 4} if wanted else {}})


INERT: dict[str, Any] = {
    "actors": {
        "bystander": {
            "kind": "mediator",
            "iso3": "CHE",
            "arms": "B",
            "access": {"A": 0.9, "B": 0.7},
            "engagement": 0.9,
            "patience": 3,
            "mandate": (),
        }
    }
}
"""A mediator that is received and eager, and has nothing to say, to know, to give or to guarantee."""


def renamed(scenario: Scenario, names: Mapping[str, str]) -> Scenario:
    """A scenario whose actors have other keys, wherever these stand."""

    def walk(node: Any) -> Any:
        if isinstance(node, dict):
            return {names.get(key, key): walk(value) for key, value in node.items()}
        if isinstance(node, tuple):
            return tuple(walk(value) for value in node)
        return ".".join(names.get(part, part) for part in node.split(".")) if isinstance(node, str) else node

    return of_tree(walk({**tree_of(scenario), "variants": {}}), scenario.tables.texts)


def reordered(scenario: Scenario, section: str) -> Scenario:
    """A scenario with the entries of one section in the reverse order."""
    tree = {**tree_of(scenario), "variants": {}}
    if section == "rungs":
        tree["ladder"] = {**tree["ladder"], "rungs": dict(reversed(tree["ladder"]["rungs"].items()))}
    else:
        tree[section] = dict(reversed(tree[section].items()))
    return of_tree(tree, scenario.tables.texts)


def rescaled(scenario: Scenario, issue: str, factor: float) -> Scenario:
    """A scenario in which every number on an issue is written on a scale that is so many times as long."""
    tree = copy.deepcopy({**tree_of(scenario), "variants": {}})
    tree["issues"][issue]["scale"] = (0.0, factor)
    places = [(tree["issues"][issue], ("wartime", "charter"))]
    for actor in tree["actors"].values():
        places += [(actor.get(table, {}), (issue,)) for table in ("ideal_point", "red_line")]
        conditions = actor.get("preconditions", {}).values()
        places += [(one, ("at_least", "at_most")) for one in conditions if one["issue"] == issue]
    for entries, keys in places:
        for key in entries.keys() & set(keys):
            entries[key] = _times(entries[key], factor)
    return of_tree(tree, scenario.tables.texts)


def _times(written: Any, factor: float) -> Any:
    if written in (None, "front", "sanctions"):
        return written
    quantity = parse_quantity(written)
    numbers = [number * factor for number in quantity.arguments]
    return numbers[0] if quantity.fixed else {quantity.family: numbers}


def of_sides(change: Mapping[str, Any]) -> dict[str, Any]:
    """A change to both sides of the toy."""
    return {"actors": {"north": dict(change), "south": dict(change)}}


def settled(scenario: Scenario) -> Scenario:
    """A scenario in which every uncertain number stands at its median."""

    def walk(node: Any) -> Any:
        if is_quantity(node):
            return parse_quantity(node).centre
        if isinstance(node, dict):
            return {key: walk(value) for key, value in node.items()}
        return tuple(map(walk, node)) if isinstance(node, tuple) else node

    return of_tree(walk({**tree_of(scenario), "variants": {}}), scenario.tables.texts)
