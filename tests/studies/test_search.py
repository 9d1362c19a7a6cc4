"""The search against a toy whose answer is known by enumeration, and its steps one by one."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.figures import draw_all
from sim.record.study import Study
from sim.scenario import InputFault
from sim.scenario.searches import cost_of, means_search, search_of, strengths
from sim.studies.search.confirm import (
    Answer,
    Neighbour,
    answered,
    chosen,
    neighbours,
    reduced,
    shortlist,
    verdict,
)
from sim.studies.search.evolve import first_sets
from sim.studies.search.ledger import Board, Ledger, pulled
from sim.studies.search.loading import load_search, prepared
from sim.studies.search.resolve import contenders, front, resolve
from sim.studies.search.study import answer, seek
from tests.toys import ROOT, toy

TREE = {
    "name": "toy", "scenario": "x", "outcome": "durable", "threshold": 0.6, "seed": 5,
    "levers": {
        "a": {"moves": {"p.a": (1, 2)}, "cost": 4},
        "b": {"moves": {"p.b": (1,)}, "cost": 3},
        "c": {"moves": {"p.c": (1,)}, "cost": 1},
        "d": {"moves": {"p.d": (1,)}, "cost": 2},
        "e": {"moves": {"p.e": {"range": (0.5, 1), "levels": 2}}, "costs": (1, 5)},
        "f": {"moves": {"p.f": (1,)}, "cost": 2},
    },
    "budget": {"population": 24, "generations": 8, "replicates": 64, "most": 512, "confirm": 2048, "shortlist": 8},
}  # fmt: skip


def searched(**changes):
    search, faults = search_of({**TREE, **changes})
    assert faults == []
    return search


def probability(columns):
    """Success at each point: b and c help only together, d harms, e helps a little, f does nothing."""
    a, b, c, d, e = (np.nan_to_num(columns[f"p.{name}"]) for name in "abcde")
    return np.clip(0.2 + 0.1 * a + 0.3 * b * c - 0.1 * d + 0.1 * e, 0, 1)


def play(columns, replicates, first, seed):
    """The same luck for every point: one uniform number a replicate."""
    luck = np.random.default_rng(seed).uniform(size=first + replicates)[first:]
    return luck < probability(columns)[:, None]


def enumerated(board):
    """Every set with its true probability."""
    sets = list(itertools.product(*(range(top + 1) for top in board.most)))
    return dict(zip(sets, probability(board.columns(sets)), strict=True))


@pytest.fixture(scope="module")
def found():
    return seek(searched(), play)


def test_the_cheapest_and_the_smallest_set_are_those_of_enumeration(found):
    """Of the 144 sets b + c + the weak a (cost 6) is cheapest at 0.6: 0.2 + 0.3 + 0.1; none of two levers is as cheap.

    At the threshold itself no interval can be sure, so the search is asked for 0.56.
    """
    board = Board(searched(threshold=0.56))
    truth = enumerated(board)
    good = [one for one, p in truth.items() if p >= 0.56]
    cheapest = min(good, key=board.cost)
    smallest = min(good, key=lambda one: (pulled(one), board.cost(one)))
    again = seek(board.search, play)
    assert board.words(again.answers["cost"].levels) == board.words(cheapest) == "a (1 of 2) + b + c"
    assert pulled(again.answers["size"].levels) == pulled(smallest) == 3
    for one in again.answers.values():
        assert one.verdict == "supported"
        assert one.minimal(0.56) == "supported"
        assert one.share.low <= truth[one.levels] <= one.share.high


def test_what_cannot_be_reached_is_not_claimed():
    impossible = seek(searched(threshold=0.95), play)
    assert impossible.answers == {}


def test_a_threshold_that_nothing_passes_already_needs_no_lever():
    easy = seek(searched(threshold=0.1), play)
    assert pulled(easy.answers["cost"].levels) == 0
    assert easy.answers["cost"].dropped == ()
    assert easy.answers["cost"].minimal(0.1) == "supported"


def test_a_search_is_repeatable(found):
    again = seek(searched(), play)
    assert again.seen.seen.keys() == found.seen.seen.keys()
    assert again.answers == found.answers


def test_every_set_meets_the_same_luck_and_nothing_is_played_twice(found):
    for one, flags in found.seen.seen.items():
        np.testing.assert_array_equal(flags, play(found.seen.board.columns([one]), flags.size, 0, 5)[0])
    for ledger in (found.seen, found.fresh, found.last):
        assert ledger.runs == sum(flags.size for flags in ledger.seen.values())


def test_fresh_luck_is_fresh(found):
    assert len({found.seen.seed, found.fresh.seed, found.last.seed}) == 3


def test_the_front_is_monotone_and_not_beaten(found):
    best = front(found.seen)
    costs, shares = (
        [value(one) for one in best] for value in (found.seen.board.cost, lambda s: found.seen.estimate(s).value)
    )
    assert costs == sorted(set(costs))
    assert shares == sorted(set(shares))
    for one in found.seen.seen:
        rival = [member for member in best if found.seen.board.cost(member) <= found.seen.board.cost(one)]
        assert found.seen.estimate(rival[-1]).value >= found.seen.estimate(one).value


def test_close_sets_are_played_more_often(found):
    sizes = {one: flags.size for one, flags in found.seen.seen.items()}
    assert set(sizes.values()) <= {64, 128, 256, 512}
    truth = enumerated(found.seen.board)
    close = [size for one, size in sizes.items() if abs(truth[one] - 0.6) < 0.02 and found.seen.board.cost(one) <= 7]
    far = [size for one, size in sizes.items() if truth[one] < 0.25]
    assert np.mean(close) > 2 * np.mean(far)


def ledger_of(shares, threshold=0.5, n=400):
    """A ledger with two one-strength levers in which sets have given shares."""
    levers = {name: {"moves": {f"p.{name}": (1,)}, "cost": cost} for name, cost in (("x", 1), ("y", 2))}
    board = Board(searched(levers=levers, threshold=threshold, budget={"most": 512, "confirm": n}))

    def fixed(columns, replicates, first, _seed):
        x, y = (np.nan_to_num(columns[f"p.{name}"]).astype(int) for name in "xy")
        share = [shares[pair] for pair in zip(x.tolist(), y.tolist(), strict=True)]
        return (np.arange(first, first + replicates) % 100)[None, :] < 100 * np.array(share)[:, None]

    ledger = Ledger(board, fixed, 1)
    ledger.ask(itertools.product((0, 1), repeat=2), n)
    return ledger


def test_a_lever_that_is_not_needed_is_dropped():
    ledger = ledger_of({(0, 0): 0.2, (1, 0): 0.6, (0, 1): 0.6, (1, 1): 0.7})
    assert chosen(ledger, by="cost") == (1, 0)
    assert reduced(ledger, (1, 1)) == (1, 0)
    told = answered(ledger, (1, 1))
    assert told.minimal(0.5) == "not supported"
    assert [(one.lever, one.levels) for one in told.dropped] == [("x", (0, 1)), ("y", (1, 0))]
    assert told.dropped[0].loss.value == pytest.approx(0.1)


def test_a_set_on_the_threshold_is_undecided():
    ledger = ledger_of({(0, 0): 0.2, (1, 0): 0.5, (0, 1): 0.3, (1, 1): 0.6})
    assert answered(ledger, (1, 1)).minimal(0.5) == "undecided"
    assert chosen(ledger, by="size") == (1, 1)
    assert contenders(ledger)[0] == (1, 0)
    assert shortlist(ledger)[0] == (1, 1)
    assert shortlist(ledger, without=[(1, 1)]) == [(1, 0)]


def test_resolving_ends_at_the_budget():
    ledger = ledger_of({(0, 0): 0.5, (1, 0): 0.5, (0, 1): 0.5, (1, 1): 0.5}, n=64)
    resolve(ledger)
    assert {flags.size for flags in ledger.seen.values()} == {512}


@given(st.lists(st.integers(0, 3), min_size=1, max_size=6).map(tuple))
def test_neighbours_are_smaller_by_one_lever(one):
    for place, other in neighbours(one, drop=True):
        assert other[place] == 0 < one[place]
        assert pulled(other) == pulled(one) - 1
    for place, other in neighbours(one, drop=False):
        assert other[place] == one[place] - 1 > 0
        assert pulled(other) == pulled(one)


def test_the_first_sets_hold_each_lever_alone():
    board = Board(searched())
    sets = first_sets(board)
    assert sets[:2] == [(0,) * 6, (2, 1, 1, 1, 2, 1)]
    assert len(sets) == 2 + 6 + 6


def test_columns_leave_what_is_not_pulled():
    board = Board(searched())
    columns = board.columns([(0, 0, 0, 0, 0, 0), (2, 0, 0, 0, 1, 0)])
    np.testing.assert_array_equal(columns["p.a"], [np.nan, 2.0])
    np.testing.assert_array_equal(columns["p.e"], [np.nan, 0.5])
    assert board.cost((2, 0, 0, 0, 1, 0)) == 5
    assert board.words((2, 0, 0, 0, 1, 0)) == "a (2 of 2) + e (1 of 2)"


def test_a_verdict_needs_the_whole_interval(found):
    answer_ = found.answers.get("cost") or found.answers["size"]
    assert isinstance(answer_, Answer)
    assert all(isinstance(one, Neighbour) for one in answer_.dropped)
    assert verdict(answer_.share, 0.0) == "supported"
    assert verdict(answer_.share, 1.0) == "not supported"


@pytest.mark.parametrize(
    ("change", "place", "said"),
    [
        ({"treshold": 1}, "treshold", "did you mean threshold?"),
        ({"threshold": 1.5}, "threshold", "less than 1"),
        ({"levers": {}}, "levers", "1 or more entries"),
        ({"levers": {"a": {"moves": {"p": (1,)}, "cost": -1}}}, "levers.a.cost", "0 or more"),
        ({"levers": {"a": {"moves": {"p": (1, 2), "q": (1,)}}}}, "levers.a.moves", "the same number of strengths"),
        ({"levers": {"a": {"moves": {"p": (1, 2)}, "costs": (1,)}}}, "levers.a.costs", "one for each of 2 strengths"),
        ({"levers": {"a": {"moves": {"p": (1, 2)}, "costs": (2, 1)}}}, "levers.a.costs", "do not fall"),
        ({"levers": {"a": {"moves": {"p": (1,)}, "costs": (1,), "cost": 1}}}, "levers.a.costs", "stands beside cost"),
        ({"levers": {"a": {"moves": {"p": {"triangular": (0, 1, 2)}}}}}, "levers.a.moves.p", "found triangular"),
        ({"levers": {"a": {"moves": {"p": (1,)}}, "b": {"moves": {"p": (1,)}}}}, "levers.b.moves.p", "lever a moves it"),
        ({"settings": {"p.a": 1}}, "levers.a.moves.p.a", "stands among the settings"),
        ({"budget": {"replicates": 64, "most": 32}}, "budget.most", "64 or more"),
    ],
)  # fmt: skip
def test_faults_of_the_form(change, place, said):
    _, faults = search_of({**TREE, **change})
    assert [fault.place for fault in faults] == [place]
    assert said in faults[0].sentence


LEVERS = {
    "rate": {"moves": {"talks.base": (0.05, 0.2)}, "cost": 2},
    "cost": {"moves": {"ripeness.cost_threshold": (0.001,)}, "cost": 1},
}


def test_faults_against_the_scenario_are_told_all_at_once():
    levers = {**LEVERS, "x": {"moves": {"talks.bas": (1,)}}, "y": {"moves": {"ladder.monitoring": (2.0,)}}}
    with pytest.raises(InputFault) as told:
        prepared(searched(levers=levers, outcome="durabl"), toy())
    assert "did you mean talks.base?" in str(told.value)
    assert "did you mean durable?" in str(told.value)
    assert "0 to 1 is allowed, found 2" in str(told.value)


def test_a_played_search_is_told_and_kept(tmp_path):
    budget = {"population": 8, "generations": 2, "replicates": 16, "most": 32, "confirm": 64, "shortlist": 2}
    ready = prepared(searched(levers=LEVERS, outcome="first_talks", threshold=0.5, budget=budget), toy())
    from sim.studies.search.study import player

    said = []
    study = answer(ready, player(ready), said.append)
    assert said[-1].startswith("confirmed")
    assert set(study.tables) == {"sets", "front", "shortlist", "answers", "neighbours"}
    assert study["sets"]["levers"].max() == 2
    assert max(map(len, study.text.splitlines())) <= 120
    study.save(tmp_path / "s", also=lambda folder: draw_all(study, folder / "figures"))
    back = Study.load(tmp_path / "s")
    assert back.text == study.text
    assert (tmp_path / "s" / "figures" / "front.png").is_file()


def test_the_ukraine_search_has_no_fault_and_the_levers_of_the_question():
    file = ROOT / "scenarios" / "ukraine-2026" / "search.yaml"
    search = load_search(file).search
    assert {
        "guarantees", "monitoring", "leverage", "sanctions_relief", "reconstruction", "aid", "rung_stakes", "linkage",
        "information", "horizon",
    } <= set(search.levers)  # fmt: skip
    assert all(lever.source for lever in search.levers.values())
    assert cost_of(search.levers["guarantees"], strengths(search.levers["guarantees"])) == 4
    assert means_search(file)
    assert not means_search(file.with_name("scenario.yaml"))
