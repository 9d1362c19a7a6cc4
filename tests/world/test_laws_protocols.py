"""What every protocol must do, whatever it is: one set of laws, and none of them knows how a protocol works."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

import sim
from sim.world.phases import signing
from sim.world.phases.valuations import value
from sim.world.protocols import PROTOCOLS, spoken
from sim.world.state import World
from tests.laws import OTHER_SIDE, differences, lived, play
from tests.tables import THIRD, deals, options
from tests.toys import rebuilt, rich, toy, ukraine

RUNS, SEED = 128, 7
CASES = [(name, {}) for name in PROTOCOLS] + [
    ("single_text", {"annealing": 0.05, "cooling": 0.8}),
    ("single_text", {"linked": True, "never_below": True}),
    ("alternating_offers", {"exponent": {"A": 0.5, "B": 3.0}, "deadline": 13, "candidates": 40}),
    (
        "alternating_offers",
        {"exponent": {"A": 0.0, "B": 8.0}, "deadline": 1, "others": {"third_0": 0.0, "third_1": 0.0}},
    ),
    ("rubinstein", {"interval": 91, "breakdown": 0.05}),
    ("baron_ferejohn", {"third_parties": {THIRD: 1.0}, "recognition": {"A": 1.0, "B": 2.0}}),
    ("baron_ferejohn", {"third_parties": {THIRD: 2.0}, "quota": "majority", "sessions": 3}),
    ("challenge", {"text": "median", "denominator": "all", "risk": "neutral", "rounds": 6}),
    ("alternating_texts", {"choice": "best"}),
    ("alternating_texts", {"choice": "logit", "candidates": 11}),
    ("sealed_bids", {"bidding": "truthful"}),
    ("rubinstein", {"war": "outside", "breakdown": 0.05}),
    ("arbitral_fill_in", {"after": 0}),
    ("nash_point", {"solution": "kalai_smorodinsky"}),
    ("nash_point", {"solution": "egalitarian"}),
    ("nash_point", {"weight": 0.8}),
    ("alternating_offers", {"lattice": 6, "others": {"third_0": 1.0}}),
    ("baron_ferejohn", {"quota": "majority", "third_parties": {THIRD: 1.0, "third_0": 3.0}, "places": 7, "blends": 2}),
    ("zeuthen", {"candidates": 7}),
]
HEARS_ALL = ("alternating_offers", "baron_ferejohn")
"""Protocols in which veto players make and answer proposals of their own."""
AGREES_FIRST = ("alternating_offers", "rubinstein", "baron_ferejohn", "sealed_bids", "zeuthen")
"""Protocols at whose end stands an agreement or nothing."""

NEED_A_MEDIATOR = ("sealed_bids", "arbitral_fill_in")

every_case = pytest.mark.parametrize(("name", "written"), CASES, ids=lambda value: str(value) if value else "")


@pytest.fixture(scope="module", params=[0, 1, 2])
def deal(request):
    """Tables of two sides alone, and of veto players beside them."""
    return deals(RUNS, SEED, players=request.param)


def said(deal, name, written):
    return spoken(PROTOCOLS[name], deal.table(**{name: options(name, written)}), deal.luck)


def swapped(written):
    """The options of a case as the other side would write them."""
    return {
        key: {OTHER_SIDE.get(side, side): number for side, number in entry.items()}
        if isinstance(entry, dict)
        else entry
        for key, entry in written.items()
    } | ({"weight": 1.0 - written["weight"]} if "weight" in written else {})


@every_case
def test_a_text_lies_within_the_issues_and_only_open_ones_change(deal, name, written):
    text, complete, straight = said(deal, name, written)
    assert text.shape == deal.text.shape
    assert np.isfinite(text).all()
    assert (text >= 0.0).all()
    assert (text <= 1.0).all()
    assert complete.dtype == straight.dtype == bool
    assert complete.shape == straight.shape == (RUNS,)
    assert np.array_equal(text[~deal.open_issues], deal.text[~deal.open_issues])
    assert np.array_equal(text[~deal.on_table], deal.wartime[~deal.on_table])
    assert (text != deal.text).any()


@every_case
@pytest.mark.parametrize("runs", [[5], range(7), range(127, -1, -1), [3, 3, 90]], ids=len)
def test_a_run_does_not_feel_the_batch(deal, name, written, runs):
    for whole, part in zip(said(deal, name, written), said(deal.take(list(runs)), name, written), strict=True):
        assert np.array_equal(np.take(whole, list(runs), axis=-1), part)


@every_case
def test_the_two_sides_follow_the_same_rules(deal, name, written):
    here, there = said(deal, name, written), said(deal.mirrored(), name, swapped(written))
    np.testing.assert_allclose(there.text, 1.0 - here.text, atol=1e-9)
    assert np.array_equal(here.complete, there.complete)
    assert np.array_equal(here.straight, there.straight)


@every_case
def test_luck_comes_through_its_arguments_alone_and_nothing_given_is_changed(deal, name, written):
    state = np.random.get_state()[1].copy()  # noqa: NPY002
    before = {key: np.copy(entry) for key, entry in vars(deal).items() if isinstance(entry, np.ndarray)}
    first, again = said(deal, name, written), said(deal, name, written)
    assert all(np.array_equal(one, other) for one, other in zip(first, again, strict=True))
    assert np.array_equal(np.random.get_state()[1], state)  # noqa: NPY002
    assert all(np.array_equal(getattr(deal, key), entry) for key, entry in before.items())


@every_case
@pytest.mark.parametrize("players", [0, 1, 2])
def test_an_agreement_among_sides_leaves_nobody_below_its_reservation_value(name, written, players):
    deal = deals(256, 3, players=players)
    deal = replace(deal, open_issues=np.broadcast_to(deal.on_table[:, None], deal.text.shape))
    text, complete, _ = said(deal, name, written)
    if written.get("quota") == "majority":
        assert complete.any()
    elif name in AGREES_FIRST:
        gains = deal.table().gains(text)
        asked = gains if name in HEARS_ALL else gains[:2]
        assert (asked[:, complete] >= -1e-9).all()
        assert complete.any()
        assert not complete.all()
    else:
        assert complete.all()


@cache
def as_it_is(make):
    return play(make(), range(8), weeks=90)


@pytest.mark.parametrize("name", [name for name in PROTOCOLS if name != "single_text"])
@pytest.mark.parametrize("make", [rich, ukraine])
def test_another_protocol_makes_another_history(make, name):
    other = play(rebuilt(make(), {"protocol": {"name": name}}), range(8), weeks=90)
    assert {"text", "events"} <= set(differences(as_it_is(make), other))


@pytest.mark.parametrize("name", [name for name in PROTOCOLS if name not in NEED_A_MEDIATOR])
def test_another_protocol_of_direct_talks_makes_another_history(name):
    alone = rebuilt(toy(()), {"actors": {"envoy": None}, "talks": {"base": 0.1}})
    histories = [
        play(rebuilt(alone, {"protocol": {"direct": rule}}), range(16)) for rule in (name, "alternating_texts")
    ]
    assert (differences(*histories) == []) == (name == "alternating_texts")


@pytest.mark.parametrize(
    ("name", "pace"), [(name, "package") for name in PROTOCOLS] + [("single_text", "step_by_step")]
)
def test_no_protocol_makes_governments_sign_a_loss(monkeypatch, name, pace):
    """Without a taste, a side that decides by itself signs what beats war and nothing else."""
    switches = {"taste": False, "leverage": False}
    scenario = rebuilt(toy(()), {"protocol": {"name": name, "pace": pace}, "mechanisms": switches})
    signed = []

    def conclude(world, agenda, where, *others):
        surplus = value(world, world.text, agenda) - world.reservation
        signed.append(surplus[:, where].min())
        concluded(world, agenda, where, *others)

    concluded = signing._conclude
    monkeypatch.setattr(signing, "_conclude", conclude)
    lived(World(scenario, 5, np.arange(48)))
    assert signed
    assert min(signed) >= 0.0


@pytest.mark.parametrize("name", PROTOCOLS)
def test_without_a_surplus_nothing_is_signed(name):
    sides = {side: {"cost": {"base": 0, "fatigue": 0, "deficit": 0}, "precision": 1e9} for side in ("north", "south")}
    sides["north"]["beliefs"] = {"drift": -0.01, "uncertainty": 0.0, "process": 0.0}
    sides["south"]["beliefs"] = {"drift": 0.01, "uncertainty": 0.0, "process": 0.0}
    hopeful = {
        "protocol": {"name": name}, "actors": sides, "talks": {"base": 0.2},
        "mechanisms": {"leverage": False, "taste": False},
    }  # fmt: skip
    history = play(rebuilt(toy(()), hopeful), range(16))
    kinds = {event[1] for own in history.events.values() for event in own}
    assert "talks_opened" in kinds
    assert not kinds & {"ceasefire_signed", "settlement_signed"}


@pytest.mark.parametrize("name", [name for name in PROTOCOLS if name != "alternating_texts"])
def test_an_unknown_option_is_refused_with_its_place(root, name):
    with pytest.raises(sim.InputFault) as told:
        sim.load(root / "scenarios" / "toy-two-sides", overrides=[f"protocol.{name}.nonsense=1"])
    assert any(fault.place.startswith(f"protocol.{name}") for fault in told.value.faults)
