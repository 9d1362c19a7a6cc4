"""Known answers that come out of the protocols themselves, played at tables laid by hand."""

from dataclasses import replace

import numpy as np
import pytest

import sim
from sim.theory.legislature import baron_ferejohn
from sim.theory.sealed_bids import chatterjee_samuelson_bids, chatterjee_samuelson_probability
from sim.theory.ultimatum import logit_ultimatum
from sim.world.protocols import PROTOCOLS, Voices, protocol, spoken
from sim.world.protocols.baron_ferejohn import _recognised
from sim.world.state import World
from tests.laws import differences, lived, play
from tests.tables import deals, options, over_issues, pie
from tests.theory.domains import CAPABILITY, POSITION, SALIENCE
from tests.toys import rebuilt, toy

LOGROLLING = [[0.8, 0.2], [0.2, 0.8]]


def said(deal, name, **written):
    return spoken(PROTOCOLS[name], deal.table(**{name: options(name, written)}), deal.luck)


def utilities(deal, text):
    return deal.table().gains(text) + deal.needed


@pytest.mark.parametrize(
    ("exponents", "reservation", "rounds", "agreement"),
    [
        ((4, 4), (0, 0), 100, 50), ((4, 1), (0, 0), 100, 72), ((1, 1), (0, 0), 100, 50), ((8, 4), (0, 0), 100, 61),
        ((4, 4), (0.6, 0.5), 100, None), ((4, 4), (0, 0), 10, 44),
    ],
)  # fmt: skip
def test_alternating_offers_agree_on_the_reference_vectors_of_a_pie(exponents, reservation, rounds, agreement):
    deal = pie(needed=np.array(reservation, dtype=float)[:, None])
    written = {"exponent": dict(zip("AB", exponents, strict=True)), "deadline": rounds, "candidates": 101}
    text, complete, _ = said(deal, "alternating_offers", **written)
    assert complete[0] == (agreement is not None)
    if agreement is not None:
        assert 1.0 - text[0, 0] == pytest.approx(agreement / 100, abs=1e-12)


@pytest.mark.parametrize(("factors", "share"), [((0.9, 0.9), 0.526316), ((0.9, 0.95), 0.344828), ((0.5, 0.5), 2 / 3)])
def test_patient_proposers_take_the_share_of_rubinstein(factors, share):
    deal = pie(impatience=-np.log(np.array(factors))[:, None])
    assert 1.0 - said(deal, "rubinstein").text[0, 0] == pytest.approx(share, abs=1e-6)
    answer = replace(deal, proposer=np.ones(1, dtype=np.int64))
    mirrored = replace(deal, impatience=deal.impatience[::-1])
    assert said(answer, "rubinstein").text[0, 0] == pytest.approx(1.0 - said(mirrored, "rubinstein").text[0, 0])


def test_with_war_as_the_fallback_patient_proposers_meet_in_the_middle_of_the_range():
    """No. 17: p = .6, costs .1 and .2; A's share nears .65 as the offers come faster."""
    deal = pie(needed=np.array([[0.6 - 0.1], [1.0 - 0.6 - 0.2]]), impatience=np.full((2, 1), 1e-6))
    assert 1.0 - said(deal, "rubinstein").text[0, 0] == pytest.approx(0.65, abs=1e-5)
    assert 1.0 - said(deal, "nash_point").text[0, 0] == pytest.approx(0.65)
    assert 1.0 - said(deal, "nash_point", solution="kalai_smorodinsky").text[0, 0] == pytest.approx(0.65)


def test_war_outside_the_talks_counts_only_where_it_is_better_than_the_offer():
    """Nobody minds waiting; war is worth .5 and .2 of the pie: half as bargained, .65 as the middle above war."""
    deal = pie(needed=np.array([[0.5], [0.2]]), impatience=np.full((2, 1), 1e-7))
    assert 1.0 - said(deal, "rubinstein").text[0, 0] == pytest.approx(0.65, abs=1e-5)
    assert 1.0 - said(deal, "rubinstein", war="outside").text[0, 0] == pytest.approx(0.5, abs=1e-5)
    better = replace(deal, needed=np.array([[0.7], [0.2]]))
    assert 1.0 - said(better, "rubinstein", war="outside").text[0, 0] == pytest.approx(0.7, abs=1e-5)
    collapse = said(deal, "rubinstein", war="outside", breakdown=1e-3).text
    assert 1.0 - collapse[0, 0] == pytest.approx(0.65, abs=1e-3)


@pytest.mark.parametrize("precision", [3.0, 20.0, 150.0])
def test_on_one_issue_a_proposer_asks_for_the_logit_ultimatum(precision):
    deal = pie(needed=np.array([[0.3], [0.1]]), precision=np.array([[45.0], [precision]]))
    asked = 1.0 - said(deal, "alternating_texts", choice="best").text[0, 0] - 0.3
    assert asked == pytest.approx(min(float(logit_ultimatum(0.6, precision)[0]), 0.7))
    b_proposes = replace(deal, proposer=np.ones(1, dtype=np.int64), precision=deal.precision[::-1])
    asked = said(b_proposes, "alternating_texts", choice="best").text[0, 0] - 0.1
    assert asked == pytest.approx(min(float(logit_ultimatum(0.6, precision)[0]), 0.9))


def test_a_proposer_that_chooses_by_logit_scatters_around_the_best_with_its_precision():
    marks = (np.arange(4000) + 0.5) / 4000
    deal = pie(marks.size, needed=np.full((2, marks.size), 0.2), uniform=marks[None])
    asked = {}
    for precision in (0.0, 20.0, 2000.0):
        noisy = replace(deal, precision=np.stack([np.full(marks.size, precision), np.full(marks.size, 20.0)]))
        asked[precision] = 1.0 - said(noisy, "alternating_texts", choice="logit").text[0]
    best = 0.2 + float(logit_ultimatum(0.6, 20.0)[0])
    assert asked[2000.0] == pytest.approx(best, abs=0.021)
    assert asked[2000.0].std() < asked[20.0].std() < asked[0.0].std()
    assert asked[0.0].min() == pytest.approx(0.22)
    assert asked[0.0].mean() == pytest.approx(0.61, abs=1e-3)


def test_a_breakdown_makes_impatient():
    deal = pie(impatience=np.zeros((2, 1)))
    share = 1.0 - said(deal, "rubinstein", breakdown=-np.log(0.9)).text[0, 0]
    assert share == pytest.approx(1 / 1.9)


@pytest.mark.parametrize("factor", [0.5, 0.9])
def test_the_recognised_member_of_two_keeps_the_share_of_baron_and_ferejohn(factor):
    deal = pie(impatience=np.full((2, 1), -np.log(factor)), normal=np.full((4, 1), -1.0))
    text = said(deal, "baron_ferejohn", candidates=1001, sessions=60).text
    assert 1.0 - text[0, 0] == pytest.approx(float(baron_ferejohn(2, factor, 2)[0]), abs=2e-3)
    b_recognised = replace(deal, normal=-deal.normal)
    assert said(b_recognised, "baron_ferejohn", candidates=1001, sessions=60).text[0, 0] == pytest.approx(
        1.0 - text[0, 0]
    )


def test_a_majority_with_the_convener_may_pass_what_a_side_will_not_sign():
    deal = pie(bias=np.ones(1), normal=np.full((4, 1), -3.0), needed=np.array([[0.2], [0.4]]))
    both = {"third_parties": {"envoy": 1.0}, "sessions": 1}
    text = said(deal, "baron_ferejohn", **both).text
    assert 1.0 - text[0, 0] == pytest.approx(0.6, abs=1e-9)
    outvoted = said(deal, "baron_ferejohn", quota="majority", **both).text
    assert 1.0 - outvoted[0, 0] == 1.0
    assert deal.table().gains(outvoted)[1, 0] < 0.0


def test_the_lot_falls_by_the_weights():
    rng = np.random.default_rng(1)
    lots = rng.standard_normal(20_000), rng.random(20_000)
    for chances in ([0.5, 0.2, 0.3], [0.4, 0.1, 0.2, 0.0, 0.3], [0.6, 0.4]):
        member, left = _recognised(np.array(chances)[:, None] + np.zeros(20_000), *lots)
        assert np.bincount(member) / 20_000 == pytest.approx(chances, abs=0.015)
        means = [left[member == one].mean() for one in np.unique(member)]
        assert means == pytest.approx([0.5] * len(means), abs=0.03)


def test_sealed_bids_cross_where_the_equilibrium_says():
    """No. 22: trade iff the values are a quarter apart, in 9 of 32 cases."""
    marks = (np.arange(160) + 0.5) / 160
    value, cost = (each.ravel() for each in np.meshgrid(marks, marks))
    deal = pie(value.size, needed=np.stack([1.0 - value, cost]))
    text, complete, _ = said(deal, "sealed_bids")
    clear = np.abs(value - cost - 0.25) > 1e-9
    assert np.array_equal(complete[clear], (value - cost >= 0.25)[clear])
    assert complete.mean() == pytest.approx(9 / 32, abs=0.005)
    gains = np.where(complete, deal.table().gains(text), 0.0).sum(axis=0)
    assert gains.mean() == pytest.approx(9 / 64, abs=0.003)
    honest = said(deal, "sealed_bids", bidding="truthful")
    assert honest.complete.mean() == pytest.approx(0.5, abs=0.01)


def test_sealed_bids_are_those_of_the_ranges_that_the_scenario_gives():
    """B goes no less than .4 of the way from its own end, so its cost lies in [0, .6]; a third of A's bid counts."""
    marks, buyers, sellers = (np.arange(160) + 0.5) / 160, (0.2, 1.0), (0.0, 0.6)
    value, cost = (each.ravel() for each in np.meshgrid(0.2 + 0.8 * marks, 0.6 * marks))
    deal = pie(value.size, needed=np.stack([1.0 - value, cost]))
    written = {"goes": {"A": {"least": 0.2}, "B": {"least": 0.4}}, "weight": 1 / 3}
    text, complete, _ = said(deal, "sealed_bids", **written)
    rule = {"buyers": buyers, "sellers": sellers, "weight": 1 / 3}
    bid, ask = chatterjee_samuelson_bids(value, cost, **rule)
    clear = np.abs(bid - ask) > 1e-9
    assert np.array_equal(complete[clear], (bid > ask)[clear])
    assert text[0][complete] == pytest.approx((bid / 3 + 2 * ask / 3)[complete])
    assert complete.mean() == pytest.approx(float(chatterjee_samuelson_probability(**rule)), abs=5e-3)


def test_the_nash_point_gives_each_side_its_important_issue():
    """No. 47: logrolling gives (.8, .8); the middle of every issue gives (.5, .5)."""
    deal = over_issues(LOGROLLING)
    assert utilities(deal, said(deal, "nash_point").text).ravel() == pytest.approx([0.8, 0.8])
    assert utilities(deal, deal.text).ravel() == pytest.approx([0.5, 0.5])


def test_concessions_by_the_smaller_risk_lead_to_the_nash_point():
    """No. 17 and 47: .65 where war gives .5 and .2; (.8, .8) by logrolling; on random deals within a step."""
    war = pie(needed=np.array([[0.5], [0.2]]))
    assert 1.0 - said(war, "zeuthen").text[0, 0] == pytest.approx(0.65)
    deal = over_issues(LOGROLLING)
    assert utilities(deal, said(deal, "zeuthen").text).ravel() == pytest.approx([0.8, 0.8])
    deal = deals(512, 6)
    deal = replace(deal, open_issues=np.broadcast_to(deal.on_table[:, None], deal.text.shape))
    text, complete, _ = said(deal, "zeuthen", candidates=1001)
    best = said(deal, "nash_point").text
    assert 100 < complete.sum() < 512
    products = [np.prod(np.compress(complete, deal.table().gains(one), axis=-1), axis=0) for one in (text, best)]
    assert (products[0] <= products[1] + 1e-12).all()
    assert products[0] == pytest.approx(products[1], rel=2e-2, abs=1e-5)


def test_a_single_text_trades_issues_only_where_two_change_together():
    rng = np.random.default_rng(2)
    deal = over_issues(LOGROLLING, 200, uniform=rng.random((50, 200)), normal=rng.standard_normal((50, 200)))
    alone = utilities(deal, said(deal, "single_text").text)
    linked = utilities(deal, said(deal, "single_text", linked=True).text)
    assert (alone == 0.5).all()
    assert linked.min(axis=0).mean() > 0.6
    assert linked.max() <= 0.8 + 1e-9 or linked.min(axis=0).max() <= 0.8 + 1e-9


def test_a_mediator_that_anneals_leaves_a_hill_that_one_that_climbs_stays_on():
    rng = np.random.default_rng(2)
    deal = over_issues(LOGROLLING, 200, uniform=rng.random((50, 200)), normal=rng.standard_normal((50, 200)))
    warm = utilities(deal, said(deal, "single_text", annealing=0.05).text)
    assert (warm.sum(axis=0) > 1.0).mean() > 0.3
    cold = said(replace(deal, age=deal.age + 500), "single_text", annealing=0.05).text
    assert np.array_equal(cold, said(deal, "single_text").text)


def test_a_single_text_that_never_goes_below_keeps_what_both_gain():
    deal = deals(512, 4, rounds=40)
    gains = deal.table().gains(deal.text)
    written = {"annealing": 0.2, "cooling": 1.0}
    careful = deal.table().gains(said(deal, "single_text", never_below=True, **written).text)
    assert (careful >= np.minimum(gains, 0.0)).all()
    free = deal.table().gains(said(deal, "single_text", **written).text)
    assert (free < np.minimum(gains, 0.0)).any()


def emissions(rounds, **written):
    """The emissions table at the protocol, with the replication's oddities; years from the text."""
    ones = np.ones((len(POSITION), 1, 1))
    everybody = Voices(POSITION[:, None] / 10, SALIENCE[:, None] * ones, CAPABILITY, np.ones((len(POSITION), 1), bool))
    deal = pie()
    oddities = {"compromise": "lowest", "denominator": "all", "capitulates": False}
    table = replace(
        deal.table(challenge=options("challenge", {"rounds": rounds, **oddities, **written})), voices=lambda: everybody
    )
    return 10.0 * spoken(PROTOCOLS["challenge"], table, deal.luck).text[0, 0]


@pytest.mark.parametrize(("rounds", "mean"), [(1, 7.461314), (2, 7.552501), (3, 7.590145), (10, 7.242131)])
def test_the_challenge_model_moves_the_text_as_the_replication_does(rounds, mean):
    """No. 39."""
    assert emissions(rounds) == pytest.approx(mean, abs=1e-6)


def test_the_oddities_of_the_replication_matter():
    plain = emissions(3)
    for switch in (
        {"capitulates": True, "denominator": "pair"},
        {"denominator": "pair"},
        {"risk": "neutral"},
        {"text": "median"},
    ):
        assert abs(emissions(3, **switch) - plain) > 1e-6


def test_a_text_follows_nobody_where_nobody_with_power_cares():
    deal = replace(pie(), salience=np.zeros((2, 1, 1)))
    assert said(deal, "challenge").text[0, 0] == 0.5


def test_the_mediator_fills_in_by_its_bias_when_its_time_has_come():
    deal = pie(3, bias=np.array([-0.5, 0.0, 0.5]), age=np.array([4, 4, 3]))
    text, complete, straight = said(deal, "arbitral_fill_in", after=4)
    assert 1.0 - text[0, :2] == pytest.approx([0.25, 0.5])
    assert text[0, 2] == said(deal, "single_text").text[0, 2]
    assert complete.all()
    assert straight.tolist() == [True, True, False]


HOMES = {"home": {"ratifiers": {"parliament": {"quota": 0.5, "spread": 0.1}}}}


def kinds(history):
    return [event[1] for own in history.events.values() for event in own]


def test_what_is_filled_in_passes_by_governments_and_not_by_homes():
    bitter = {side: {**HOMES, "red_line_steepness": 50, "red_line": {"control": 0.05}} for side in ("north", "south")}
    change = {
        "actors": bitter,
        "talks": {"base": 0.1},
        "protocol": {"name": "arbitral_fill_in", "arbitral_fill_in": {"after": 0}},
    }
    filled = kinds(play(rebuilt(toy(()), change), range(12)))
    assert "ratification_failed" in filled
    homeless = {**change, "actors": {side: {**entry, "home": {"ratifiers": {}}} for side, entry in bitter.items()}}
    assert "ratification_failed" not in kinds(play(rebuilt(toy(()), homeless), range(12)))


def test_a_text_that_is_not_complete_is_not_signed():
    @protocol("never_done")
    def never_done(table, luck):
        done = spoken(PROTOCOLS["nash_point"], table, luck)
        return done._replace(complete=np.zeros_like(done.complete))

    try:
        silent = kinds(play(rebuilt(toy(()), {"protocol": {"name": "never_done", "direct": "never_done"}}), range(32)))
    finally:
        PROTOCOLS.pop("never_done")
    assert "talks_opened" in silent
    assert not {"ceasefire_signed", "settlement_signed"} & set(silent)


def test_a_parked_issue_stays_as_in_wartime_and_binds_no_red_line():
    change = {"issues": {"recognition": {"agenda": "parked", "wartime": 0.3}}}
    world = World(rebuilt(toy(()), change), 3, np.arange(24))
    row = world.issues.names.index("recognition")
    lived(world)
    assert (world.text[row] == 0.3).all()
    assert (world.terms[row] == 0.3).all()
    assert all(row not in agenda.rows for agenda in world.agendas)


def test_step_by_step_talks_change_one_issue_at_a_time():
    scenario = rebuilt(toy(()), {"protocol": {"pace": "step_by_step", "weeks_per_issue": 3}})
    world = World(scenario, 3, np.arange(24))
    turned = set()

    @protocol("watched")
    def watched(table, luck):
        turned.update(zip(table.age.tolist(), table.open_issues.argmax(axis=0).tolist(), strict=True))
        assert (table.open_issues.sum(axis=0) <= 1).all()
        return PROTOCOLS["single_text"](table, luck)

    try:
        world = World(rebuilt(scenario, {"protocol": {"name": "watched", "direct": "watched"}}), 3, np.arange(24))
        lived(world)
    finally:
        PROTOCOLS.pop("watched")
    assert len({row for _, row in turned}) > 1
    assert len({row for age, row in turned if age < 3}) <= 2


def test_third_voices_move_the_text_of_the_challenge_model():
    loud = {
        "challenge": {"voices": {"envoy": {"capability": 3, "position": {"control": 0.2}, "salience": {"control": 1}}}}
    }
    scenario = rebuilt(toy(()), {"protocol": {"name": "challenge"}})
    histories = [play(each, range(4)) for each in (scenario, rebuilt(scenario, {"protocol": loud}))]
    assert differences(*histories) != []
    armed = rebuilt(scenario, {"protocol": {"challenge": {"voices": {"south": {"capability": 5}}}}})
    assert differences(histories[0], play(armed, range(4))) != []


FAULTY = {
    "protocol={name: sealed_bids, sealed_bids: {goes: {B: {least: 0.6, most: {uniform: [0.5, 1]}}}}}":
        "protocol.sealed_bids.goes.B: least must stay below most, found 0.6 and 0.5",
    "protocol.direct=sealed_bids": "protocol.direct: sealed_bids needs a mediator; name it in protocol.name",
    "protocol.direct=arbitral_fill_in": "protocol.direct: arbitral_fill_in needs a mediator; name it in protocol.name",
    "protocol={name: baron_ferejohn, baron_ferejohn: {third_parties: {envoi: 1}}}": (
        "protocol.baron_ferejohn.third_parties.envoi: no such mediator or veto player; did you mean envoy?"
    ),
    "protocol={name: baron_ferejohn, baron_ferejohn: {quota: majority}}": (
        "protocol.baron_ferejohn.quota: a majority of two is both; name third_parties, or take unanimity"
    ),
    "protocol={name: baron_ferejohn, baron_ferejohn: {recognition: {A: 0, B: 0}}}": (
        "protocol.baron_ferejohn.recognition: nobody can be recognised; give somebody a weight above 0"
    ),
    "protocol={name: challenge, challenge: {voices: {envoi: {capability: 1}}}}": (
        "protocol.challenge.voices.envoi: no such actor; did you mean envoy?"
    ),
    "protocol={name: challenge, challenge: {voices: {envoy: {capability: 1}}}}": (
        "protocol.challenge.voices.envoy: has a capability and nothing to say; give a position and a salience"
    ),
    "protocol={name: challenge, challenge: {voices: {envoy: {capability: 1, position: {control: 0.5}}}}}": (
        "protocol.challenge.voices.envoy.control: has no salience on it; give protocol.challenge.voices.envoy.salience"
    ),
    "protocol={name: challenge, challenge: {voices: {envoy: {capability: 1, position: {control: 7}, salience: {control: 1}}}}}": (
        "protocol.challenge.voices.envoy.position.control: 0 to 1 is allowed, found 7"
    ),
    "protocol={name: challenge, challenge: {voices: {north: {capability: 1, position: {control: 0}, salience: {control: 1}}}}}": (
        "protocol.challenge.voices.north: a belligerent speaks for its ideal point; leave position and salience out"
    ),
    "protocol={rounds: 1, single_text: {linked: true}}": (
        "protocol.single_text.linked: changes of two rounds are tried together; give protocol.rounds 2"
    ),
    "protocol={name: challenge, challenge: {voices: {envoy: {position: {control: 0.5}}}}}": (
        "protocol.challenge.voices.envoy.capability"
    ),
    "protocol={name: nash_point, nash_point: {weight: 2}}": "protocol.nash_point.weight: 0 to 1 is allowed, found 2",
}  # fmt: skip


@pytest.mark.parametrize("setting", FAULTY)
def test_a_protocol_that_does_not_fit_is_a_fault_with_what_mends_it(root, setting):
    with pytest.raises(sim.InputFault) as told:
        sim.load(root / "scenarios" / "toy-two-sides", overrides=[setting])
    assert any(str(fault).startswith(FAULTY[setting]) for fault in told.value.faults), told.value


@pytest.mark.parametrize("key", ["name", "direct"])
@pytest.mark.parametrize("name", PROTOCOLS)
def test_a_scenario_whose_issues_are_all_parked_has_nothing_to_bargain_over(root, name, key):
    parked = [f"issues.{issue}.agenda=parked" for issue in ("control", "recognition", "ceasefire")]
    with pytest.raises(sim.InputFault) as told:
        sim.load(root / "scenarios" / "toy-two-sides", overrides=[*parked, f"protocol.{key}={name}"])
    said = [fault.sentence for fault in told.value.faults if fault.place == f"protocol.{key}"]
    assert any("give one the agenda settlement" in sentence for sentence in said)
