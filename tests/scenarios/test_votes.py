"""One model of votes: what the scenario plays has the mean and the width of the forecast that its tables come from."""

import time

import numpy as np
import pandas as pd
import pytest

import sim
from sim.experiment.loading import load_experiment
from sim.theory.power import shapley_shubik
from sim.theory.rules import european_council
from sim.theory.voting import OUTCOMES
from sim.world.engine import weeks
from sim.world.state import World

RUNS, SEED = 512, 2026
NUMBERS = ("general_weight", "conflict_weight", "demand", "band", "absence", "inherits")
FIRST = "lasting_peace_2026"


@pytest.fixture(scope="module")
def scenario(root):
    return sim.load(root / "scenarios" / "ukraine-2026")


@pytest.fixture(scope="module")
def coming(root) -> pd.DataFrame:
    return pd.read_csv(root / "scenarios" / "ukraine-2026" / "coming.csv").set_index("text")


@pytest.fixture(scope="module")
def played(scenario) -> dict[str, np.ndarray]:
    """Counts of every text, (outcome, run), up to the last one."""
    world = World(scenario, SEED, range(RUNS))
    for week in weeks(world):
        if week == 105:
            break
    return {ballot.key: ballot.counts for ballot in world.journal.tallies if "." not in ballot.key}


def interval(counts):
    return np.quantile(counts, [0.05, 0.95], axis=1)


def test_the_first_text_has_the_mean_and_the_width_of_the_forecast(played, coming):
    row = coming.loc[FIRST]
    low, high = interval(played[FIRST])
    for place, name in enumerate(OUTCOMES):
        assert played[FIRST][place].mean() == pytest.approx(row[name], abs=1.5)
        assert low[place] == pytest.approx(row[f"{name}_low"], abs=4)
        assert high[place] == pytest.approx(row[f"{name}_high"], abs=4)


@pytest.mark.parametrize("key", ["human_rights_2026", "lasting_peace_2027", "lasting_peace_2028"])
def test_later_texts_are_near_theirs(played, coming, key):
    """Nearer they cannot be: in the scenario the world goes on, and partners and fatigue move states."""
    row, (low, high) = coming.loc[key], interval(played[key])
    for place, name in enumerate(OUTCOMES):
        assert played[key][place].mean() == pytest.approx(row[name], abs=3)
        assert high[place] - low[place] == pytest.approx(row[f"{name}_high"] - row[f"{name}_low"], abs=8)


def test_the_scenario_has_the_numbers_of_the_table(scenario, coming):
    for key, row in coming.iterrows():
        for name in NUMBERS:
            quantity = getattr(scenario.texts[key], name)
            if key == "council_2027" and name == "absence":
                continue
            assert quantity.centre == pytest.approx(row[name], abs=2e-3), (key, name)
            if f"{name}_sd" in row and row[f"{name}_sd"] > 0:
                assert quantity.arguments[1] == pytest.approx(row[f"{name}_sd"], abs=1e-3), (key, name)


def test_each_state_votes_as_expected(root, scenario):
    """The share of runs in which each state votes so is the forecast's probability, for all but a few in a bloc."""
    free = sim.vary(scenario, overrides=["actors.eu.whip=0"])
    world = World(free, SEED, range(RUNS))
    next(iter(weeks(world)))
    shares = world.journal.ballots[FIRST] / RUNS
    forecast = pd.read_csv(root / "scenarios" / "ukraine-2026" / "forecast.csv", keep_default_na=False)
    gaps = np.abs(shares - forecast[list(OUTCOMES)].to_numpy())
    assert tuple(forecast.iso3) == world.society.rows.iso3
    assert gaps.mean() < 0.02
    assert (gaps.max(axis=1) < 0.1).mean() > 0.97


def test_what_widens_the_bands_is_taken_off_where_they_were_found(root, scenario):
    """The middles of cross-pressure, fatigue and weariness in the script are those of the scenario."""
    script = (root / "scenarios" / "ukraine-2026" / "derive" / "votes.py").read_text(encoding="utf-8")
    line = next(line for line in script.splitlines() if line.startswith("CROSS_PRESSURE, FATIGUE, WEARY_WEEKS"))
    written = [float(part) for part in line.partition("=")[2].split(",")]
    rules = scenario.assembly
    middles = [rules.cross_pressure.centre, rules.fatigue.centre, rules.weariness_weeks.centre]
    assert written == pytest.approx(middles, rel=0.01)


def test_a_large_member_has_more_power_by_people_and_the_index_is_quick(scenario):
    people = scenario.tables.states.columns["population"].astype(int)
    rule = european_council(tuple(int(share) for share in people if share))
    start = time.process_time()
    shares = shapley_shubik(rule)
    assert time.process_time() - start < 1.0
    assert rule.members == 27
    assert sum(shares) == 1
    assert float(max(shares)) == pytest.approx(0.18, abs=0.03)
    assert float(min(shares)) > 0.005


def outcomes(scenario, *overrides):
    runs = sim.run(sim.vary(scenario, overrides=overrides), replicates=16, seed=SEED).runs
    return runs.drop(columns=[name for name in runs if name.startswith("draw:")])


@pytest.mark.slow
def test_effects_of_size_zero_are_none(scenario):
    """The control of the sweep of sizes: nothing moves, to the last digit, whatever would answer to legitimacy."""
    none = outcomes(scenario, "mechanisms.vote_effects=false")
    sizes = ("assembly.legitimacy=0", "assembly.mandate=0", "assembly.coalition=1")
    assert outcomes(scenario, *sizes).equals(none)
    assert not outcomes(scenario, "assembly.legitimacy=0.5", "assembly.coalition=1").equals(none)


@pytest.mark.slow
def test_the_sweep_of_sizes_begins_at_nothing(root):
    experiment = load_experiment(root / "scenarios" / "ukraine-2026" / "votes.yaml").experiment
    assert {min(factor.values) for factor in experiment.factors.values()} == {0.0}
