from fractions import Fraction
from itertools import combinations, permutations
from math import comb, pi, sqrt
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.theory.power import (
    CombinedRule,
    WeightedRule,
    banzhaf,
    coleman,
    decisive_vote,
    penrose_square_root,
    shapley_shubik,
)
from sim.theory.rules import european_council, security_council

EEC_1958 = WeightedRule((4, 4, 4, 2, 2, 1), 12)
# twenty-seven shares of a population in hundredths of a per cent, from large to small
POPULATIONS = (1859, 1522, 1317, 1085, 845, 424, 400, 261, 241, 237, 234, 232, 213, 204)
POPULATIONS += (132, 124, 121, 120, 114, 86, 63, 47, 42, 30, 21, 14, 12)

weighted = (
    st.lists(st.integers(0, 6), min_size=1, max_size=6)
    .filter(any)
    .flatmap(lambda weights: st.integers(1, sum(weights)).map(lambda quota: WeightedRule(tuple(weights), quota)))
)


@st.composite
def rules(draw):
    """Weighted rules, and all-of or any-of two of them over the same members."""
    first = draw(weighted)
    if draw(st.booleans()):
        return first
    size = first.members
    weights = draw(st.lists(st.integers(0, 4), min_size=size, max_size=size).filter(any))
    second = WeightedRule(tuple(weights), draw(st.integers(1, sum(weights))))
    return CombinedRule((first, second), draw(st.sampled_from(["all", "any"])))


def accepted(rule, coalition):
    """A second reading of a rule, by plain sums."""
    if isinstance(rule, WeightedRule):
        return sum(rule.weights[member] for member in coalition) >= rule.quota
    verdicts = [accepted(part, coalition) for part in rule.parts]
    return all(verdicts) if rule.need == "all" else any(verdicts)


def pivots_by_listing(rule):
    """Shapley-Shubik index by going through all orders."""
    counts, orders = [0] * rule.members, list(permutations(range(rule.members)))
    for order in orders:
        place = next(i for i in range(len(order)) if accepted(rule, order[: i + 1]))
        counts[order[place]] += 1
    return [Fraction(count, len(orders)) for count in counts]


def swings_by_listing(rule):
    """Swings of every member by going through all coalitions."""
    members = range(rule.members)
    coalitions = [set(chosen) for size in range(rule.members + 1) for chosen in combinations(members, size)]
    winning = [coalition for coalition in coalitions if accepted(rule, coalition)]
    swings = [sum(m in c and not accepted(rule, c - {m}) for c in winning) for m in members]
    return swings, len(winning)


@pytest.mark.parametrize("rule", [security_council(), WeightedRule((7,) * 5 + (1,) * 10, 39)])
def test_power_in_the_security_council(rule):
    shares = shapley_shubik(rule)
    assert shares == (Fraction(421, 2145),) * 5 + (Fraction(4, 2145),) * 10
    assert float(sum(shares[:5])) == pytest.approx(0.98135, abs=5e-6)
    swings = banzhaf(rule)
    assert (swings.winning, swings.swings) == (848, (848,) * 5 + (84,) * 10)
    assert sum(swings.swings) == 5080
    assert swings.normalised == (Fraction(106, 635),) * 5 + (Fraction(21, 1270),) * 10
    assert swings.absolute[::14] == (Fraction(848, 2**14), Fraction(84, 2**14))


def test_coleman_on_the_security_council():
    power = coleman(security_council())
    assert float(power.act) == pytest.approx(0.0258789, abs=5e-8)
    assert power.prevent == (Fraction(1),) * 5 + (Fraction(84, 848),) * 10
    assert power.initiate[0] == Fraction(848, 2**15 - 848)


def test_luxembourg_was_a_dummy_in_1958():
    assert shapley_shubik(EEC_1958) == (Fraction(7, 30),) * 3 + (Fraction(3, 20),) * 2 + (Fraction(0),)
    assert banzhaf(EEC_1958).swings[5] == 0


def test_fifty_forty_nine_and_one():
    rule = WeightedRule((50, 49, 1), 51)
    assert shapley_shubik(rule) == (Fraction(2, 3), Fraction(1, 6), Fraction(1, 6))
    assert banzhaf(rule).normalised == (Fraction(3, 5), Fraction(1, 5), Fraction(1, 5))


def test_square_root_of_penrose():
    assert float(decisive_vote(101)) == pytest.approx(0.0795892, abs=5e-8)
    assert penrose_square_root(101) == pytest.approx(0.0793925, abs=5e-8)
    assert decisive_vote(101) == Fraction(comb(100, 50), 2**100)
    assert penrose_square_root(4e6) == pytest.approx(sqrt(2 / pi) / 2000)


@pytest.mark.parametrize("electorate", [1, 2, 5, 8])
def test_chance_to_decide_is_absolute_power_under_simple_majority(electorate):
    rule = WeightedRule((1,) * electorate, electorate // 2 + 1)
    assert banzhaf(rule).absolute == (decisive_vote(electorate),) * electorate


@given(rule=rules())
def test_indices_agree_with_listing_everything(rule):
    assert list(shapley_shubik(rule)) == pivots_by_listing(rule)
    power = banzhaf(rule)
    assert (list(power.swings), power.winning) == swings_by_listing(rule)


@given(rule=rules())
def test_shares_of_power_sum_to_one(rule):
    assert sum(shapley_shubik(rule)) == 1
    assert sum(banzhaf(rule).normalised) == 1


def test_dictator_and_dummies():
    assert shapley_shubik(WeightedRule((3, 1, 1), 3)) == (1, 0, 0)


def test_two_thirds_of_the_assembly_is_exact_and_quick():
    start = perf_counter()
    shares = shapley_shubik(WeightedRule((1,) * 193, 129))
    seconds = perf_counter() - start
    assert shares == (Fraction(1, 193),) * 193
    power = banzhaf(WeightedRule((1,) * 193, 129))
    assert power.winning == sum(comb(193, size) for size in range(129, 194))
    assert power.swings[0] == comb(192, 128)
    assert seconds < 1.0


def test_a_hundred_distinct_weights_are_counted_without_sizes_as_with_them():
    plain = WeightedRule(tuple(range(1, 101)), 3367)
    power = banzhaf(plain)
    assert list(power.swings) == sorted(power.swings)
    few = WeightedRule(plain.weights[:30], 310)
    assert banzhaf(few) == banzhaf(CombinedRule((few, WeightedRule((1,) * 30, 1)), "all"))


def test_the_council_of_twenty_seven_is_quick_and_orders_members_by_population():
    rule = european_council(POPULATIONS)
    start = perf_counter()
    shares = shapley_shubik(rule)
    seconds = perf_counter() - start
    assert sum(POPULATIONS) == 10_000
    assert sum(shares) == 1
    assert list(shares) == sorted(shares, reverse=True)
    assert shares[0] > Fraction(1, 10)
    assert seconds < 3.0


def test_weights_in_units_are_refused_when_the_table_would_not_fit():
    with pytest.raises(ValueError, match="common unit"):
        shapley_shubik(WeightedRule((80_000_000, 60_000_000, 1), 100_000_000))
