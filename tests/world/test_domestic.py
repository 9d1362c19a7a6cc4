"""What the war does at home: the tolerance to which a home returns as losses grow."""

import numpy as np
import pytest

from sim.world.phases.domestic import resting_tolerance
from sim.world.state import World
from tests.toys import of_sides, rebuilt, rich


def worn(grown, rule="mueller", **changes):
    """Resting tolerance of both sides, and the tolerance without losses, after losses have grown so many times."""
    home = {"weariness": 0.2, "weariness_rule": rule}
    world = World(rebuilt(rich(), {**of_sides({"home": home, "forces": {"losses": 0.5}}), **changes}), 5, np.arange(8))
    world.casualties = grown * world.casualties
    return resting_tolerance(world), world.sides.home.tolerance


def test_tenfold_losses_take_the_slope_by_muellers_rule():
    found, before = worn(10.0)
    assert found == pytest.approx(np.maximum(before - 0.2, 0.0), abs=1e-12)


@pytest.mark.parametrize("rule", ["mueller", "fatigue"])
def test_without_new_losses_nothing_is_worn(rule):
    found, before = worn(1.0, rule)
    assert found == pytest.approx(before)


def test_the_two_rules_differ_and_one_switch_stops_both():
    by_log, before = worn(10.0)
    for rule in ("mueller", "fatigue"):
        found, _ = worn(10.0, rule, mechanisms={"home_weariness": False})
        assert (found == before).all()
    assert (by_log != worn(10.0, "fatigue")[0]).all()
