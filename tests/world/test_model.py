"""A model with a face is a run of the ensemble, and drives as a Mesa user expects."""

import inspect
import subprocess
import sys

import mesa
import numpy as np
import pytest

import sim
from sim.record.quantities import NAMES
from sim.scenario import InputFault
from sim.world.agents import MediatorAgent, StateAgent
from sim.world.engine import weeks
from sim.world.model import NegotiationModel
from sim.world.quantities import READINGS
from sim.world.state import World

pytestmark = pytest.mark.newest

REPLICATES = (3, 0, 130)
SEED = 7
SCENARIOS = ("toy-two-sides", "ukraine-2026")
COUNTS = ("yes", "no", "abstain", "absent", "adopted")


@pytest.fixture(scope="module", params=SCENARIOS)
def ensemble(request, root):
    """A scenario, the world of an ensemble after its last week, and its tape, (quantity, week, run)."""
    scenario = sim.load(root / "scenarios" / request.param)
    world = World(scenario, SEED, REPLICATES)
    tape = [[reading(world).copy() for reading in READINGS.values()] for _ in weeks(world)]
    return scenario, world, np.array(tape).swapaxes(0, 1)


@pytest.fixture(scope="module")
def toy(root):
    """The toy, cut down to thirty weeks."""
    short = ["calendar.weeks=30", "calendar.signing_weeks=20", "calendar.standing_weeks=10"]
    return sim.load(root / "scenarios" / "toy-two-sides", overrides=short)


def played(scenario, **how):
    model = NegotiationModel(scenario, **how)
    while model.running:
        model.step()
    return model


def bits(values):
    return np.asarray(values, dtype=np.float64).tobytes()


@pytest.mark.parametrize("run", range(len(REPLICATES)))
def test_a_model_is_a_run_of_the_ensemble(ensemble, run):
    scenario, world, tape = ensemble
    model = played(scenario, rng=SEED, replicate=REPLICATES[run])
    frame = model.datacollector.get_model_vars_dataframe()
    assert [name for row, name in enumerate(NAMES) if bits(frame[name]) != bits(tape[row, :, run])] == []
    assert [(event.week, event.kind, event.who) for event in model.events] == [
        (week, kind, who) for week, kind, who, runs, _ in world.journal.events if run in runs
    ]
    assert model.votes == {
        ballot.key: dict(zip(COUNTS, [*ballot.counts[:, run], ballot.adopted[run]], strict=True))
        for ballot in world.journal.tallies
        if ballot.put[run]
    }


def test_it_has_a_row_a_week_and_nothing_happens_after_the_last(toy):
    model = played(toy, rng=1)
    frame = model.datacollector.get_model_vars_dataframe()
    assert frame["week"].tolist() == list(range(toy.calendar.weeks))
    assert set(frame["seed"]) == {1}
    front = model.world.front.copy()
    model.step()
    assert not model.running
    assert model.week == toy.calendar.weeks - 1
    assert model.world.front.tobytes() == front.tobytes()
    assert len(model.datacollector.get_model_vars_dataframe()) == toy.calendar.weeks


def test_nothing_is_collected_before_the_first_week(toy):
    model = NegotiationModel(toy, rng=1)
    assert (model.week, model.running, model.status) == (-1, True, "war")
    assert model.datacollector.get_model_vars_dataframe().empty
    assert (model.text, model.terms, model.table, model.events) == (None, None, None, [])


def test_it_takes_what_mesa_takes_as_a_seed(toy):
    def seed(rng):
        return NegotiationModel(toy, rng=rng).seed

    assert seed(5) == seed(np.int64(5)) == 5
    assert seed(np.random.default_rng(5)) == seed(np.random.default_rng(5)) == seed([5]) != 5
    assert seed(None) != seed(None)


def test_settings_are_those_of_the_command(toy):
    by_command = sim.vary(toy, overrides=["actors.envoy.access.A=0.25", "actors.north.red_line.control=0.5"])
    by_keyword = NegotiationModel(
        toy, rng=1, actors__envoy__access__A=np.float64(0.25), actors__north__red_line={"control": 0.5}
    )
    by_path = NegotiationModel(toy, rng=1, **{"actors.envoy.access.A": "0.25", "actors.north.red_line.control": 0.5})
    assert by_keyword.authored == by_path.authored == by_command
    assert by_keyword.mediators["envoy"].access["A"] == 0.25
    assert NegotiationModel(toy, actors__envoy=None).mediators == {}


def test_variants_are_those_of_the_file(root):
    folder = root / "scenarios" / "toy-two-sides"
    model = NegotiationModel(folder, rng=1, variants="no_mediator")
    assert model.authored == NegotiationModel(str(folder), rng=1, variants=["no_mediator"]).authored
    assert model.authored == sim.load(folder, variants=["no_mediator"])
    assert not model.agents.select(agent_type=MediatorAgent)


def test_a_fault_in_a_setting_is_told_as_one(toy):
    with pytest.raises(InputFault, match=r"actors\.envoi"):
        NegotiationModel(toy, actors__envoi__bias=0.1)


def batch(parameters, seed, **how):
    """`mesa.batch_run` for two runs of one seed, said in the words of the Mesa that is here."""
    if "rng" in inspect.signature(mesa.batch_run).parameters:
        how |= {"rng": [seed, seed]}
    else:
        how |= {"iterations": 2}
        parameters = {**parameters, "rng": seed}
    return mesa.batch_run(NegotiationModel, parameters, number_processes=1, display_progress=False, **how)


def test_batch_run_of_mesa_plays_it(toy):
    parameters = {"scenario": [toy], "replicate": [0, 4], "actors.envoy.engagement": [0.0, 0.7]}
    rows = batch(parameters, 11)
    assert len(rows) == 2 * 2 * 2
    for row in rows:
        engagement = row["actors.envoy.engagement"]
        alone = played(toy, rng=11, replicate=row["replicate"], actors__envoy__engagement=engagement)
        assert row["week"] == toy.calendar.weeks - 1
        assert bits([row[name] for name in NAMES]) == bits([alone.read(name) for name in NAMES])


def test_batch_run_of_mesa_collects_every_week(root):
    rows = batch({"scenario": str(root / "scenarios" / "toy-two-sides")}, 3, data_collection_period=1)
    assert [row["week"] for row in rows] == [*range(156), *range(156)]


def test_a_user_collects_what_she_likes(root):
    model = NegotiationModel(root / "scenarios" / "ukraine-2026", rng=1)
    model.datacollector = mesa.DataCollector(
        model_reporters={"leaning_to_a": lambda m: sum(state.lean > 0 for state in m.states.values())},
        agent_reporters={"kind": "kind", "lean": lambda agent: getattr(agent, "lean", None)},
    )
    for _ in range(3):
        model.step()
    agents = model.datacollector.get_agent_vars_dataframe()
    leans = agents[agents["kind"] == "state"]["lean"].astype(float)
    assert len(agents) == 3 * len(model.agents)
    counted = model.datacollector.get_model_vars_dataframe()["leaning_to_a"].tolist()
    assert (leans > 0).groupby(level="Step").sum().tolist() == counted


def test_agents_are_chosen_grouped_and_added_up_as_mesa_does_it(root):
    model = NegotiationModel(root / "scenarios" / "ukraine-2026", rng=1)
    model.step()
    states = model.agents.select(agent_type=StateAgent)
    assert len(states) == len(model.states) == 193
    assert model.agents.groupby("kind").count() == {"state": 193, "bloc": 1, "mediator": 7}
    groups = states.groupby(lambda state: state.vote("lasting_peace_2026")).count()
    assert groups == {k: n for k, n in model.votes["lasting_peace_2026"].items() if k != "adopted"}
    assert states.agg("dependence_a", np.max) == max(model.authored.tables.states.columns["dependence_a"])
    assert [agent.key for agent in states.select(lambda state: state.side)] == ["RUS", "UKR"]


def test_the_face_of_the_package_shows_it_and_does_not_load_mesa():
    code = (
        "import sys, sim; assert not {'mesa', 'matplotlib', 'scipy.stats'} & set(sys.modules);"
        "sim.NegotiationModel; assert 'mesa' in sys.modules and 'solara' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
