from itertools import product

import numpy as np
import pytest

from sim.theory.rules import CombinedRule, WeightedRule, european_council, security_council, wins

ALL_COUNCILS = np.array(list(product([False, True], repeat=15))).T
ALL_SMALL = np.array(list(product([False, True], repeat=4))).T


@pytest.mark.parametrize("weights", [(7, 39), (9, 49)])
def test_the_council_as_a_weighted_rule_has_the_same_winning_coalitions(weights):
    weight, quota = weights
    weighted = WeightedRule((weight,) * 5 + (1,) * 10, quota)
    winning = wins(security_council(), ALL_COUNCILS)
    assert (wins(weighted, ALL_COUNCILS) == winning).all()
    assert winning.sum() == 848


def test_all_and_any_are_intersection_and_union():
    first, second = WeightedRule((3, 1, 1, 1), 4), WeightedRule((1, 1, 1, 1), 3)
    one, two = wins(first, ALL_SMALL), wins(second, ALL_SMALL)
    assert (wins(CombinedRule((first, second), "all"), ALL_SMALL) == (one & two)).all()
    assert (wins(CombinedRule((first, second), "any"), ALL_SMALL) == (one | two)).all()


def test_nested_rules_read_their_own_conditions():
    first, second, third = (WeightedRule(w, 3) for w in ((3, 0, 0, 0), (1, 1, 1, 1), (0, 0, 2, 1)))
    nested = CombinedRule((CombinedRule((first, second), "any"), third))
    expected = (wins(first, ALL_SMALL) | wins(second, ALL_SMALL)) & wins(third, ALL_SMALL)
    assert (wins(nested, ALL_SMALL) == expected).all()


def test_three_large_states_cannot_block_the_european_council():
    rule = european_council((30, 20, 20) + (1,) * 24)
    against_three, against_four = np.ones((2, 27), dtype=bool)
    against_three[:3] = False
    against_four[:4] = False
    assert wins(rule, np.stack([against_three, against_four], axis=1)).tolist() == [True, False]


@pytest.mark.parametrize(("weights", "quota"), [((1, 1), 0), ((1, 1), 3), ((2, -1), 1), ((), 1), ((0, 0), 1)])
def test_rules_that_nobody_or_everybody_wins_are_refused(weights, quota):
    with pytest.raises(ValueError, match="quota"):
        WeightedRule(weights, quota)


@pytest.mark.parametrize("parts", [(), (WeightedRule((1, 1), 1), WeightedRule((1,), 1))])
def test_parts_must_have_the_same_members(parts):
    with pytest.raises(ValueError, match="same number"):
        CombinedRule(parts)
