"""Parties beside the two belligerents whose consent an agreement needs: asked, bought, heard at the table, or not there."""

from dataclasses import replace

import numpy as np
import pytest

import sim
from sim.theory.choice import logistic_taste
from sim.world.agenda import CEASEFIRE_AGENDA, SETTLEMENT_AGENDA
from sim.world.offered import Offered, Texts
from sim.world.phases import consent, signing
from sim.world.protocols import PROTOCOLS, spoken
from sim.world.state import World
from tests.laws import RecordingLuck, differences, lived, play
from tests.tables import options, over_issues, pie
from tests.theory.domains import PEAKS, WEIGHTS
from tests.toys import rebuilt, renamed, rich, toy, with_veto_player

RUNS = np.arange(48)
SIGNED = ("ceasefire_signed", "settlement_signed")


def events(history, *kinds):
    return [event for own in history.events.values() for event in own if event[1] in kinds]


def said(deal, name, written):
    return spoken(PROTOCOLS[name], deal.table(**{name: options(name, written)}), deal.luck)


@pytest.mark.parametrize(("exponent", "terms"), [(4, [7, 4, 4]), (1, [8, 4, 3])])
def test_alternating_offers_of_three_parties_agree_as_in_the_catalogue(exponent, terms):
    """The reference vectors of stacked offers on `three3x11`: order A, C, B, eleven values an issue."""
    ends = np.stack([np.ones((3, 1)), np.zeros((3, 1))])
    nothing = np.zeros((1, 1))
    third = (np.array(PEAKS)[None, :, None], WEIGHTS[1][None, :, None], np.full((1, 3, 1), 2.0), nothing, nothing)
    deal = replace(over_issues(WEIGHTS[[0, 2]]), ideal_point=ends, players=("c",), veto=third)
    written = {"exponent": {"A": exponent, "B": exponent}, "others": {"c": exponent}, "lattice": 11}
    text, complete, _ = said(deal, "alternating_offers", written)
    assert complete.all()
    assert (10 * text[:, 0]).round(9).tolist() == terms


@pytest.mark.parametrize(
    ("exponent", "reservation", "terms"), [(4, 0.0, [9, 7, 0]), (1, 0.0, [9, 4, 2]), (4, 0.4, [9, 5, 1])]
)
def test_two_sides_on_a_lattice_agree_as_in_the_catalogue(exponent, reservation, terms):
    ends = np.stack([np.ones((3, 1)), np.zeros((3, 1))])
    deal = replace(over_issues(WEIGHTS[[0, 2]]), ideal_point=ends, needed=np.full((2, 1), reservation))
    text, complete, _ = said(deal, "alternating_offers", {"exponent": {"A": exponent, "B": exponent}, "lattice": 11})
    assert complete.all()
    assert (10 * text[:, 0]).round(9).tolist() == terms


CUTS = 12
DOLLAR = np.array([(a, b, CUTS - a - b) for a in range(CUTS + 1) for b in range(CUTS + 1 - a)]).T[..., None] / CUTS


def dollar_table(normal, uniform, impatience=0.0):
    """A table that divides a dollar among A, a veto player and B: terms are the shares of the first two."""
    runs = normal.size
    deal = over_issues(np.ones((2, 2)), runs, impatience=np.full((2, runs), impatience))
    worth = DOLLAR + np.zeros(runs)
    found = Texts(
        Offered(np.moveaxis(worth[:2], 0, 1), worth), np.arange(runs), np.zeros((3, runs)), lambda values: values
    )
    deal = replace(deal, normal=normal + np.zeros((4, 1)), uniform=uniform + np.zeros((4, 1)))
    return deal, replace(deal.table(), players=("c",), texts=lambda *_: found)


@pytest.mark.parametrize("quota", ["majority", "unanimity"])
def test_three_ratifying_parties_share_a_dollar_as_baron_and_ferejohn_say(quota):
    """No. 13: a patient proposer keeps 2/3 and buys one vote of two; all three must be bought under unanimity."""
    rng = np.random.default_rng(4)
    deal, table = dollar_table(rng.standard_normal(900), rng.random(900))
    rules = options("baron_ferejohn", {"quota": quota, "sessions": 30})
    text, complete, _ = PROTOCOLS["baron_ferejohn"](replace(table, options=lambda _: rules), deal.luck)
    shares = np.vstack([text, 1.0 - text.sum(axis=0)])
    assert complete.all()
    if quota == "unanimity":
        assert shares == pytest.approx(np.full(shares.shape, 1 / 3))
        return
    assert np.sort(shares, axis=0) == pytest.approx(np.repeat([[0.0], [1 / 3], [2 / 3]], 900, axis=1))
    who, partner = shares.argmax(axis=0), (np.abs(shares - 1 / 3) < 1e-9).argmax(axis=0)
    assert np.bincount(who) / 900 == pytest.approx([1 / 3] * 3, abs=0.06)
    for member in range(3):
        bought = np.bincount(partner[who == member], minlength=3) / (who == member).sum()
        assert np.delete(bought, member) == pytest.approx([0.5, 0.5], abs=0.12)


def test_a_veto_player_votes_by_its_own_gain():
    """On one issue, with the wish of A, it gives A a majority; with B's wish it gives B one."""
    for wish, line in ((0.0, 0.0), (1.0, 1.0)):
        one, none = np.ones((1, 1, 1)), np.zeros((1, 1))
        deal = replace(pie(normal=np.zeros((4, 1))), players=("c",), veto=(wish * one, one, 2 * one, none, none))
        found = said(deal, "baron_ferejohn", {"quota": "majority", "sessions": 1})
        assert found.text[0, 0] == line


def test_a_mediator_serves_the_party_that_gains_least_whoever_it_is():
    rng = np.random.default_rng(2)
    runs = 64
    one, none = np.ones((1, 1, runs)), np.zeros((1, runs))
    luck = {"uniform": rng.random((40, runs)), "normal": rng.standard_normal((40, runs))}
    deal = replace(pie(runs, **luck), players=("c",), veto=(0.2 * one, one, 2 * one, none, none + 0.9))
    alone = replace(deal, players=(), veto=())
    heard, unheard = (said(each, "single_text", None).text[0] for each in (deal, alone))
    # The third party gains .1 at its wish and nowhere else so much, less than A and B gain there.
    assert np.median(heard) == pytest.approx(0.2, abs=0.03)
    assert np.median(unheard) == pytest.approx(0.5, abs=0.05)


def test_nobody_asked_is_nobody_there():
    """Switched off, or asked about nothing that is ever signed, it changes nothing."""
    base = play(rich(), RUNS)
    off = rebuilt(with_veto_player(rich()), {"mechanisms": {"consent": False}})
    assert differences(play(off, RUNS), base) == []
    easy = play(with_veto_player(rich(), reservation=-1e6), RUNS)
    assert differences(easy, base) == []


def test_a_veto_stops_all_and_only_what_it_is_about():
    never = {
        kind: play(with_veto_player(rich(), reservation=1e6, consent=kind), RUNS) for kind in ("settlement", "both")
    }
    assert events(play(rich(), RUNS), "settlement_signed")
    assert events(never["settlement"], "ceasefire_signed")
    assert not events(never["settlement"], "settlement_signed")
    assert not events(never["both"], *SIGNED)
    refused = events(never["both"], "consent_refused")
    assert {event[2] for event in refused} == {"third"}


def test_its_luck_is_its_own_and_keyed_by_what_it_is():
    named = with_veto_player(rich(), iso3="KOR")
    luck = RecordingLuck(5, RUNS, 156)
    history = lived(World(named, 11, RUNS, luck=luck), 20)
    asked = {address for address in luck.forms if address[0].startswith("consent")}
    assert asked == {("consent taste", "KOR"), ("consent tastes", "KOR")}
    other = renamed(named, {"third": "republic"})
    again = lived(World(other, 11, RUNS, luck=RecordingLuck(5, RUNS, 156)), 20)
    same = [name for name in differences(again, history) if name != "events"]
    assert same == []


def test_its_taste_persists_and_is_felt_in_every_week_whoever_talks():
    alone, among = World(with_veto_player(toy(())), 3, [7]), World(with_veto_player(toy(())), 3, np.arange(12))
    for world in (alone, among):
        lived(world, 30)
    assert among.player_taste[0, 7] == alone.player_taste[0, 0]
    many = World(with_veto_player(toy(())), 3, np.arange(400))
    before = many.player_taste.copy()
    lived(many, 1)
    kept = np.corrcoef(before[0], many.player_taste[0])[0, 1]
    assert kept == pytest.approx(2 ** (-1 / 26), abs=0.01)
    assert many.player_taste.std() == pytest.approx(1.0, abs=0.1)


def signed_with(**changes):
    promise = {"incentives": {"pact": {"party": "third", "value": 0.9, "condition": "ceasefire"}}}
    hard = with_veto_player(toy(()), hardness=0.5, **changes)
    return [len(events(play(each, RUNS), *SIGNED)) for each in (hard, rebuilt(hard, promise))]


def test_consent_can_be_bought_where_something_is_promised_for_it():
    refused, bought = signed_with()
    assert refused == 0 < bought
    switched = rebuilt(with_veto_player(toy(()), hardness=0.5), {"mechanisms": {"incentives": False}})
    assert not events(play(switched, RUNS), *SIGNED)


def test_what_is_promised_to_a_veto_player_moves_no_side():
    promise = {"incentives": {"pact": {"party": "third", "value": 0.9, "condition": "ceasefire"}}}
    base = World(with_veto_player(toy(())), 3, RUNS)
    paid = World(rebuilt(with_veto_player(toy(())), promise), 3, RUNS)
    one, other = lived(base, 1), lived(paid, 1)
    assert np.array_equal(one.traces["surplus"], other.traces["surplus"])
    gain = consent.reservation(base, CEASEFIRE_AGENDA) - consent.reservation(paid, CEASEFIRE_AGENDA)
    assert gain == pytest.approx(0.9)


def test_the_reservation_is_a_number_or_things_as_they_are():
    number = World(with_veto_player(toy(()), reservation=0.4, hardness=0.1), 3, RUNS)
    as_it_is = World(with_veto_player(toy(()), war_cost=0.3), 3, RUNS)
    for world in (number, as_it_is):
        lived(world, 2)
    assert consent.reservation(number, SETTLEMENT_AGENDA) == pytest.approx(0.5)
    judges = as_it_is.judges[SETTLEMENT_AGENDA]
    distance = np.abs(as_it_is.wartime - judges.plain.ideal_point[0]) / judges.plain.scale[0]
    flow = 1.0 - (judges.plain.salience[0] * distance).sum(axis=0)
    war = np.where(as_it_is.at_war, 0.3, 0.0)
    calm = as_it_is.status != 1
    found = consent.reservation(as_it_is, SETTLEMENT_AGENDA)[0]
    assert found[calm] == pytest.approx((flow - war)[calm])


def test_no_veto_player_signs_a_loss_without_a_taste(monkeypatch):
    """With alternating offers or a closed rule the text itself leaves it nothing to refuse."""
    concluded, margins = signing._conclude, []

    def conclude(world, agenda, where, *others):
        judges = world.judges[agenda]
        worth = judges.worth(world.text, judges.outside(world.wartime))
        margins.append((worth - consent.reservation(world, agenda))[:, where].min())
        concluded(world, agenda, where, *others)

    monkeypatch.setattr(signing, "_conclude", conclude)
    for name in ("single_text", "alternating_offers", "baron_ferejohn"):
        margins.clear()
        rules = {"name": name, "direct": name}
        scenario = rebuilt(with_veto_player(toy(())), {"protocol": rules, "mechanisms": {"taste": False}})
        history = play(scenario, RUNS)
        assert margins, name
        assert min(margins) >= -1e-9
        if name != "single_text":
            assert not events(history, "consent_refused")


def test_with_a_taste_it_accepts_by_its_quantal_response():
    world = World(with_veto_player(toy(()), precision=20.0), 3, np.arange(4000))
    lived(world, 1)
    judges = world.judges[SETTLEMENT_AGENDA]
    world.text = np.full_like(world.text, 0.3)
    surplus = judges.worth(world.text, judges.outside(world.wartime)) - consent.reservation(world, SETTLEMENT_AGENDA)
    found = consent.consents(world, SETTLEMENT_AGENDA, np.ones(4000, dtype=bool))
    expected = 1.0 / (1.0 + np.exp(-20.0 * surplus[0]))
    assert found.mean() == pytest.approx(expected.mean(), abs=0.03)
    assert np.array_equal(found, (surplus + logistic_taste(world.player_taste) / 20.0 >= 0.0)[0])


FAULTY = {
    "{kind: veto_player, consent: both, ideal_point: {control: 0}, salience: {control: 1}}": (
        "actors.third.reservation: missing"
    ),
    "{kind: veto_player, consent: all, reservation: 0, ideal_point: {control: 0}, salience: {control: 1}}": (
        "actors.third.consent: ceasefire, settlement or both is allowed, found"
    ),
    "{kind: veto_player, consent: both, reservation: 0, ideal_point: {contrl: 0}, salience: {control: 1}}": (
        "actors.third.ideal_point.contrl: no such issue; did you mean control?"
    ),
    "{kind: veto_player, consent: both, reservation: 0, ideal_point: {recognition: 0}, salience: {control: 1}}": (
        "actors.third.salience.control: has no ideal_point on it; give actors.third.ideal_point.control"
    ),
    "{kind: veto_player, consent: both, reservation: 0, ideal_point: {control: 0}, salience: {control: 0}}": (
        "actors.third.salience: a sum above 0 is allowed"
    ),
    "{kind: veto_player, consent: both, reservation: 0, ideal_point: {control: 2}, salience: {control: 1}}": (
        "actors.third.ideal_point.control: 0 to 1 is allowed, the scale of the issue; found 2"
    ),
    "{kind: veto_player, consent: both, reservation: 0, ideal_point: {control: 0}, salience: {control: 1}, red_line: {control: 2}}": (
        "actors.third.red_line.control: 0 to 1 is allowed, the width of the issue's scale; found 2"
    ),
    "{kind: veto_plaer, consent: both}": 'actors.third.kind: no such kind "veto_plaer"; did you mean veto_player?',
}  # fmt: skip


@pytest.mark.parametrize("written", FAULTY)
def test_a_faulty_veto_player_is_told_with_what_mends_it(root, written):
    with pytest.raises(sim.InputFault) as told:
        sim.load(root / "scenarios" / "toy-two-sides", overrides=[f"actors.third={written}"])
    assert any(str(fault).startswith(FAULTY[written]) for fault in told.value.faults), told.value


PLAYER = (
    "actors.third={kind: veto_player, consent: both, reservation: 0, ideal_point: {control: 0}, salience: {control: 1}}"
)


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        (
            "incentives={pact: {party: thrid, value: 0.1}}",
            'incentives.pact.party: "thrid" is not a signer; did you mean',
        ),
        (
            "protocol={name: alternating_offers, alternating_offers: {others: {thrid: 1}}}",
            "protocol.alternating_offers.others.thrid: no such veto player; did you mean third?",
        ),
        (
            "protocol={name: alternating_offers, alternating_offers: {lattice: 50}}",
            "protocol.alternating_offers.lattice: 0, or 2 to 16 is allowed, found 50, 125000 texts on 3 issues",
        ),
        (
            "protocol={name: baron_ferejohn, baron_ferejohn: {third_parties: {thrid: 1}}}",
            "protocol.baron_ferejohn.third_parties.thrid: no such mediator or veto player; did you mean third?",
        ),
    ],
)
def test_names_and_lattices_around_a_veto_player_are_checked(root, setting, sentence):
    with pytest.raises(sim.InputFault) as told:
        sim.load(root / "scenarios" / "toy-two-sides", overrides=[PLAYER, setting])
    assert any(str(fault).startswith(sentence) for fault in told.value.faults), told.value


def test_with_a_veto_player_a_majority_needs_no_mediator(root):
    setting = "protocol={name: baron_ferejohn, direct: baron_ferejohn, baron_ferejohn: {quota: majority}}"
    assert sim.load(root / "scenarios" / "toy-two-sides", overrides=[PLAYER, setting]).veto_players
