"""Agents look at their rows, and what they say they would do is what the ensemble does."""

import numpy as np
import pytest

import sim
from sim.theory import voting
from sim.world.agents import BlocAgent, MediatorAgent, StateAgent
from sim.world.engine import weeks
from sim.world.model import NegotiationModel
from sim.world.phases import fora
from sim.world.phases.calendar import week_of
from sim.world.protocols import PROTOCOLS
from sim.world.seats import seats
from sim.world.state import World

pytestmark = pytest.mark.newest

SEED = 5
REPLICATES = (130, 2, 9)
SECOND_BLOC = "actors.alliance={kind: bloc, members: NATO, whip: {uniform: [0.2, 0.9]}}"


@pytest.fixture(scope="module")
def ukraine(root):
    return sim.load(root / "scenarios" / "ukraine-2026", overrides=[SECOND_BLOC])


@pytest.fixture(scope="module")
def toy(root):
    return sim.load(root / "scenarios" / "toy-two-sides")


@pytest.fixture(scope="module")
def cast(ukraine):
    """How every state voted on every text in every run of an ensemble, by text."""
    votes = {}
    with pytest.MonkeyPatch.context() as patch:
        ballots = fora.ballots

        def heard(world, key):
            votes[key] = ballots(world, key)
            return votes[key]

        patch.setattr(fora, "ballots", heard)
        for _ in weeks(World(ukraine, SEED, REPLICATES)):
            pass
    return votes


@pytest.fixture(scope="module")
def after_a_year(ukraine):
    model = NegotiationModel(ukraine, rng=SEED, replicate=2)
    for _ in range(53):
        model.step()
    return model


@pytest.mark.parametrize("run", range(len(REPLICATES)))
def test_states_vote_as_the_ensemble_does(ukraine, cast, run):
    model = NegotiationModel(ukraine, rng=SEED, replicate=REPLICATES[run])
    asked = []
    while model.running:
        model.step()
        for key, text in ukraine.texts.items():
            if week_of(model.world, text.date) == model.week:
                asked.append(key)
                answers = [state.vote(key) for state in model.states.values()]
                by_ensemble = [voting.OUTCOMES[code] for code in cast[key][:, run]]
                council = seats(model.world, text.date.year).rows[:, 0]
                seated = [text.forum == "assembly" or state.row in council for state in model.states.values()]
                assert answers == [vote if sits else None for vote, sits in zip(by_ensemble, seated, strict=True)]
    assert set(asked) == set(ukraine.texts) == {key for key in cast if "." not in key}


def test_the_votes_that_were_compared_differ_between_runs_and_outcomes(cast):
    votes = cast["lasting_peace_2026"]
    assert {int(code) for code in np.unique(votes)} == {0, 1, 2, 3}
    assert (votes[:, 0] != votes[:, 1]).any()


@pytest.mark.parametrize("name", ["toy-two-sides", pytest.param("ukraine-2026", marks=pytest.mark.slow)])
def test_mediators_propose_what_the_ensemble_writes(root, monkeypatch, name):
    scenario = sim.load(root / "scenarios" / name)
    world = World(scenario, SEED, REPLICATES)
    texts = np.array([world.text.copy() for _ in weeks(world)])
    compared, conveners = 0, set()
    for run, replicate in enumerate(REPLICATES):
        for week, (convener, *answers) in proposals(scenario, replicate, monkeypatch).items():
            for answer in answers:
                assert list(answer) == list(scenario.issues)
                assert [answer[name] for name in world.issues.names] == texts[week, :, run].tolist()
            compared, conveners = compared + 1, conveners | {convener}
    assert compared >= 2
    assert len(conveners) >= (1 if name == "toy-two-sides" else 2)


def proposals(scenario, replicate, monkeypatch):
    """Convener and its answers, with and without the table in its hands, in every week of mediated talks."""
    model = NegotiationModel(scenario, rng=SEED, replicate=replicate)
    name = scenario.protocol.name
    rule, answers = PROTOCOLS[name], {}

    def listened(table, luck):
        monkeypatch.setitem(PROTOCOLS, name, rule)
        (convener,) = (mediator for mediator in model.mediators.values() if mediator.convening)
        answers[model.week] = convener.key, convener.propose(table), convener.propose()
        monkeypatch.setitem(PROTOCOLS, name, listened)
        return rule(table, luck)

    monkeypatch.setitem(PROTOCOLS, name, listened)
    while model.running:
        model.step()
    monkeypatch.setitem(PROTOCOLS, name, rule)
    return answers


def test_a_proposal_changes_nothing(ukraine):
    model = NegotiationModel(ukraine, rng=SEED, replicate=2)
    while model.table is None:
        model.step()
    before = model.text
    proposed = {key: mediator.propose() for key, mediator in model.mediators.items()}
    assert model.text == before
    for key, mediator in model.mediators.items():
        outside = set(ukraine.issues) - set(mediator.mandate)
        wartime = dict(zip(model.world.issues.names, model.world.wartime[:, 0].tolist(), strict=True))
        assert {issue for issue in outside if proposed[key][issue] != wartime[issue]} == set()
        assert all(0.0 <= value <= 1.0 for value in proposed[key].values())


def test_a_mediator_proposes_nothing_where_nobody_talks(toy):
    assert NegotiationModel(toy, rng=1).mediators["envoy"].propose() is None


def test_states_look_at_their_rows(after_a_year):
    world, states = after_a_year.world, after_a_year.states
    ukraine, russia = after_a_year.sides
    assert (ukraine.key, ukraine.actor, ukraine.side) == ("UKR", "ukraine", "A")
    assert ukraine is states["UKR"]
    for name in ("tolerance", "trust", "forces", "casualties", "fatigue", "grid", "cost", "war_value"):
        assert (getattr(ukraine, name), getattr(russia, name)) == tuple(getattr(world, name)[:, 0])
    assert russia.reservation_value == world.reservation[1, 0]
    assert (russia.belief, russia.ripeness) == (world.drift_mean[1, 0], world.ripe[1, 0])
    row = states["BRA"].row
    assert after_a_year.authored.tables.states.iso3[row] == "BRA"
    assert list(states["BRA"].position.values()) == world.society.by_topic()[row, :, 0].tolist()
    assert states["BRA"].lean == world.society.lean()[row, 0]
    assert states["BRA"].conflict == world.society.conflict[row, 0]
    assert states["FRA"].blocs == ("eu", "alliance")


def test_a_state_without_a_row_has_no_number(after_a_year, toy):
    assert np.isnan([after_a_year.states["BRA"].tolerance, after_a_year.states["BRA"].reservation_value]).all()
    north, south = NegotiationModel(toy, rng=1).sides
    assert (north.key, south.key, north.position, north.groups) == ("north", "south", {}, ())
    assert np.isnan([north.lean, north.conflict, north.general]).all()
    assert north.tolerance > 0


@pytest.mark.parametrize(
    ("agent", "name"), [("UKR", "tolerance"), ("BRA", "position"), ("BRA", "lean"), ("BRA", "general")]
)
def test_nobody_moves_the_world_through_a_window(after_a_year, agent, name):
    with pytest.raises(AttributeError):
        setattr(after_a_year.states[agent], name, 0.5)


def test_an_agent_keeps_nothing_that_the_world_changes(toy):
    model = NegotiationModel(toy, rng=1)
    first = model.sides[0].forces
    while model.sides[0].forces == first:
        model.step()
    assert model.sides[0].forces == model.world.forces[0, 0]


def test_a_text_that_is_unknown_or_a_state_without_a_voice_is_refused(after_a_year, toy):
    with pytest.raises(ValueError, match="no such text 'peace'; texts are lasting_peace_2026"):
        after_a_year.states["BRA"].vote("peace")
    with pytest.raises(ValueError, match="texts are none"):
        NegotiationModel(toy, rng=1).sides[0].vote("peace")


def test_blocs_have_members_and_cohesion(after_a_year):
    eu = after_a_year.blocs["eu"]
    votes = [member.vote("lasting_peace_2027") for member in eu.members]
    assert len(votes) == 27
    assert {member.kind for member in eu.members} == {"state"}
    counts = sorted(votes.count(outcome) for outcome in ("yes", "no", "abstain"))
    expected = (counts[2] - (counts[0] + counts[1]) / 2) / sum(counts)
    assert eu.cohesion("lasting_peace_2027") == pytest.approx(expected)
    assert 0.0 < eu.whip < 1.0
    assert eu.decision_rule == "unanimity"


@pytest.mark.parametrize(
    ("votes", "cohesion"),
    [
        (["yes"] * 3, 1.0),
        (["yes", "no", "abstain"], 0.0),
        (["yes", "yes", "no", "absent"], 0.5),
        (["absent"], np.nan),
    ],
)
def test_cohesion_of_known_votes(after_a_year, monkeypatch, votes, cohesion):
    left = iter(votes)
    monkeypatch.setattr(StateAgent, "vote", lambda state, text: next(left, "absent"))
    assert after_a_year.blocs["eu"].cohesion("any") == pytest.approx(cohesion, nan_ok=True)


def test_mediators_look_at_their_rows(after_a_year):
    world = after_a_year.world
    usa, un = after_a_year.mediators["usa"], after_a_year.mediators["un_secretariat"]
    row = world.mediators.keys.index("un_secretariat")
    assert (un.bias, un.charter_minimum) == (
        world.mediators.bias[row, 0],
        world.mediators.charter_minimum[row, 0],
    )
    assert un.mandate == ("ceasefire_scope", "justice")
    assert usa.mandate == tuple(world.scenario.issues)
    assert list(usa.leverage.values()) == world.mediators.leverage[usa.row, :, 0].tolist()
    offering = [after_a_year.mediators[key].offering for key in world.mediators.keys]
    assert offering == world.offering[:, 0].tolist()
    assert True in offering


def test_agents_are_of_three_kinds_and_told_by_their_keys(after_a_year):
    assert set(after_a_year.agents_by_type) == {StateAgent, BlocAgent, MediatorAgent}
    assert repr(after_a_year.mediators["usa"]) == "MediatorAgent('usa')"
    assert after_a_year.states["UKR"].label == "Ukraine"
    assert after_a_year.states["BRA"].label == "Brazil"
