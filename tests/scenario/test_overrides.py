"""Overrides of trees: variants, settings, and what takes an entry away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.scenario.overrides import is_quantity, laid_over, with_settings, with_variants

KEYS = st.sampled_from("abc")
TREES = st.recursive(st.integers(0, 9), lambda inner: st.dictionaries(KEYS, inner, max_size=3), max_leaves=8)
MAPPINGS = st.dictionaries(KEYS, TREES, max_size=3)


@given(MAPPINGS, MAPPINGS)
def test_laying_over_twice_is_laying_over_once(base, change):
    once = laid_over(base, change, "", [])
    assert laid_over(once, change, "", []) == once


@given(MAPPINGS)
def test_nothing_laid_over_changes_nothing_and_all_laid_over_nothing_is_all(tree):
    assert laid_over(tree, {}, "", []) == tree
    assert laid_over({}, tree, "", []) == tree


def test_the_tree_below_stays_as_it_was():
    base = {"a": {"b": 1, "c": 2}}
    assert laid_over(base, {"a": {"b": None}}, "", []) == {"a": {"c": 2}}
    assert base == {"a": {"b": 1, "c": 2}}


def test_taking_away_what_is_not_there_is_a_fault():
    faults = []
    laid_over({"actors": {"envoy": {}}}, {"actors": {"envy": None}}, "", faults)
    assert [str(fault) for fault in faults] == [
        "actors.envy: null takes an entry away, and there is none; did you mean envoy?"
    ]


@pytest.mark.parametrize(
    ("below", "above"),
    [
        ({"uniform": (0, 1)}, {"triangular": (0, 0.5, 1)}),
        ({"value": 0.4, "source": "x"}, {"uniform": (0, 1)}),
        ({"uniform": (0, 1), "source": "x"}, 0.3),
        (0.3, {"uniform": (0, 1), "source": "y"}),
    ],
)
def test_a_number_is_replaced_as_a_whole(below, above):
    assert laid_over({"n": below}, {"n": above}, "", []) == {"n": above}


def test_names_like_families_are_no_numbers():
    assert not is_quantity({"beta": {"kind": "state"}})
    assert laid_over({"actors": {"beta": {"a": 1}, "b": 2}}, {"actors": {"beta": {"a": 3}}}, "", []) == {
        "actors": {"beta": {"a": 3}, "b": 2}
    }


def test_variants_apply_in_the_written_order():
    tree = {"n": 0, "variants": {"one": {"n": 1}, "two": {"n": 2, "m": 1}}}
    assert with_variants(tree, ["one", "two"], [])["n"] == 2
    assert with_variants(tree, ["two", "one"], [])["n"] == 1


def test_unknown_and_doubled_variants_are_faults():
    faults = []
    with_variants({"variants": {"no_mediator": {}}}, ["no_mediatr", "no_mediator", "no_mediator"], faults)
    assert [str(fault) for fault in faults] == [
        "variant no_mediatr: no such variant; did you mean no_mediator?",
        "variant no_mediator: named twice; once is allowed",
    ]


FULL = {
    "front": {"share": 0.4, "mobility": 0.01},
    "actors": {"north": {"red_line": {}, "grid": None}},
    "name": "x",
}


WRITTEN = {"front": {"share": 0.4}}


@pytest.mark.parametrize(
    ("setting", "tree"),
    [
        ("front.share=0.7", {"front": {"share": 0.7}}),
        (" front . share = {uniform: [0, 1]}", {"front": {"share": {"uniform": (0, 1)}}}),
        ("actors.north.red_line.land=.5", {**WRITTEN, "actors": {"north": {"red_line": {"land": 0.5}}}}),
        ("actors.north.grid.usable=1", {**WRITTEN, "actors": {"north": {"grid": {"usable": 1}}}}),
        ("front.share=NO", {"front": {"share": "NO"}}),
        ("name=a=b", {**WRITTEN, "name": "a=b"}),
        ("front.share=null", {"front": {}}),
    ],
)  # fmt: skip
def test_a_setting_changes_one_value(setting, tree):
    faults = []
    assert with_settings(WRITTEN, FULL, [setting], faults) == tree
    assert not faults


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ("fronts.share=1", "--set fronts.share: no such key fronts; did you mean front?"),
        ("actors.nort.trust=1", "--set actors.nort.trust: no such key nort; did you mean north?"),
        ("front.share", "--set front.share: path.to.key=VALUE is allowed, found no equals sign"),
        ("front..share=1", "--set front..share: this cannot be set"),
        ("variants.a=1", "--set variants.a: this cannot be set"),
        ("=1", "--set : this cannot be set"),
        ("front.mobility=null", "null takes an entry away, and there is none"),
        ("front.share=[", "--set front.share: not YAML"),
        ("front.share=.nan", "--set front.share: a finite number is allowed, found .nan"),
    ],
)
def test_a_setting_that_leads_nowhere_is_a_fault(setting, sentence):
    faults = []
    assert with_settings(WRITTEN, FULL, [setting], faults)
    assert sentence in str(faults[0])


def test_later_settings_win():
    assert with_settings({}, FULL, ["front.share=0.1", "front.share=0.2"], []) == {"front": {"share": 0.2}}
