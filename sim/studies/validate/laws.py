"""Laws of a played world: what must come out the same, mirrored, never, or always, under common luck."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from sim.experiment.histories import History, history
from sim.scenario import InputFault, dump, load, vary
from sim.studies.validate.chambers import bounds, inert_additions, played_amendments
from sim.studies.validate.entry import Entry
from sim.studies.validate.homes import harder_homes
from sim.studies.validate.mirror import mirror_differences
from sim.studies.validate.passages import breaks, passages
from sim.studies.validate.small_worlds import LIVELY, RUNS, SHORT, SILENT, count, differing, lived, world
from sim.theory.commitment import weekly_probability
from sim.theory.council import council_decision
from sim.theory.durations import step_probability
from sim.theory.voting import ABSTAIN, NO, YES

INERT = "actors.bystander={kind: mediator, access: {A: 0.9, B: 0.7}, engagement: 0.9, patience: 3, mandate: []}"
POWERLESS = (
    "actors.mediator.mandate=[]", "actors.mediator.information=0", "actors.mediator.leverage={A: 0, B: 0}",
    "actors.mediator.good_offices=0", "actors.mediator.guarantee=0",
)  # fmt: skip
ALONE = "actors.mediator=null"
AGREEABLE = (
    *SHORT, ALONE, "talks.base=0.3", "mechanisms.learning=false", "mechanisms.commitment=false",
    "mechanisms.taste=false", "mechanisms.red_lines=false",
    *(f"actors.{side}.{key}" for side in ("home", "rival") for key in ("beliefs.drift=0", "precision=1e9")),
)  # fmt: skip
CARELESS = (
    "calendar.signing_weeks=1", "calendar.standing_weeks=1", "calendar.weeks=2", "talks.base=1",
    "actors.home.precision=0", "actors.rival.precision=0",
)  # fmt: skip
CRUEL = tuple(
    f"actors.{side}.{key}" for side in ("home", "rival") for key in ("red_line.territory=0", "red_line_steepness=50")
)


def _powerless() -> int:
    return differing(lived(*LIVELY, *POWERLESS), lived(*LIVELY, ALONE), but=("mediator",))


def _alone_and_among() -> int:
    among, alone = lived(*LIVELY), history(world(*LIVELY), [3, 17])
    names = [abs(values[:, [3, 17]] - alone.readings[name]) for name, values in among.readings.items()]
    own = [event for event in among.events if event[0] in (3, 17)]
    return sum(int((far > 0).sum()) for far in names) + int(repr(own) != repr(list(alone.events)))


def _again() -> list[int]:
    """The same seed again; another seed, which must differ."""
    again, other = (history(world(*LIVELY), np.arange(RUNS), seed) for seed in (1, 2))
    return [differing(lived(*LIVELY), again), int(differing(lived(*LIVELY), other) > 0)]


def _shocks_of_others() -> list[int]:
    """Comings of a shock that differ when the mediator goes and talks become eager; how many came at all."""
    one, other = lived(*LIVELY), lived(*LIVELY, ALONE, "talks.base=0.5")
    comings = [{event for event in each.events if event[3] == "slump"} for each in (one, other)]
    return [len({event[:4] for event in comings[0]} ^ {event[:4] for event in comings[1]}), int(len(comings[0]) > 50)]


def _empty_shock() -> int:
    changes = "[{target: economy.rival, add: 0.5}, {target: forces.home, multiply: 2}, {target: mobility, multiply: 3}]"
    empty = f"shocks.empty={{kind: stochastic, hazard: 0.3, size: 0, lasts: 5, changes: {changes}}}"
    return differing(lived(*LIVELY, empty), lived(*LIVELY), but=("empty",))


FIXED = (
    "ladder=null", "front.volatility=0", "mechanisms.taste=false",
    *(f"actors.{side}.{key}" for side in ("home", "rival") for key in (
        "red_line.territory=0.7", "trust=0.1", "trustworthy=0.4",
    )),
)  # fmt: skip
CERTAIN = (
    "talks.base=1", "talks.ripe_weight=1", "talks.good_offices_gain=1e12", "mechanisms.instrumental_talks=false",
    "protocol.name=nash_point", "mechanisms.breaking=false",
    "actors.mediator.access={A: 1, B: 1}", "actors.mediator.leverage={A: 0.02, B: 0.02}",
    *(f"actors.mediator.{key}" for key in ("engagement=1", "good_offices=1", "patience=1e9")),
    "actors.home.beliefs.drift=-0.005", "actors.rival.beliefs.drift=0.005",
)  # fmt: skip
"""Talks that open and go on as surely as numbers can tell, between sides that differ until they have learned."""


def _apart(lives: History) -> int:
    """Readings in which a run differs from the first."""
    count = 0
    for values in lives.readings.values():
        first = values[:, :1]
        count += int(((values != first) & ~(np.isnan(values) & np.isnan(first))).sum())
    return count


def _without_luck() -> int:
    return _apart(lived(*SHORT, *SILENT, *FIXED, ALONE, "actors.rival.forces.initial=1.2"))


def _certain_settlement() -> list[int]:
    lives = lived(*SHORT, *FIXED, *CERTAIN, "actors.rival.forces.initial=1.05")
    story = [[event[1:4] for event in lives.events if event[0] == run] for run in range(RUNS)]
    signed = [event[1] for event in lives.events if event[2] == "settlement_signed"]
    return [_apart(lives), sum(one != story[0] for one in story), int(len(signed) == RUNS and min(signed) > 0)]


def _first_talks() -> list[int]:
    """Runs whose first talks end without a settlement; whether talks opened in most."""
    lives = lived(*AGREEABLE)
    first: dict[int, int] = {}
    for replicate, week, kind, *_ in lives.events:
        if kind == "talks_opened":
            first.setdefault(replicate, week)
    signed = {event[:2] for event in lives.events if event[2] == "settlement_signed"}
    return [sum((run, week) not in signed for run, week in first.items()), int(len(first) > RUNS // 2)]


def _dearer_war() -> list[int]:
    """Ends of the range that move inwards when a side's war becomes dearer; whether they move at all."""
    inwards, moved = 0, True
    cheap = lived(*SHORT, *SILENT).readings
    for side in ("home", "rival"):
        dear = lived(*SHORT, *SILENT, f"actors.{side}.cost.base=0.0018").readings
        low, high = (dear[end] - cheap[end] for end in ("accepts_b", "accepts_a"))
        war = cheap["war"] > 0
        inwards += int((low[war] > 0).sum() + (high[war] < 0).sum())
        moved &= bool((high - low)[war].max() > 0)
    return [inwards, int(moved)]


def _half_steps() -> list[float]:
    """Probability of a break in a week, and in two half weeks: constant hazard, and one that falls with age."""
    halves = [1 - (1 - weekly_probability(0.3, 0.5)) ** 2]
    halves += [1 - (1 - step_probability(5.0, 0.7, 10.0, 0.5)) * (1 - step_probability(5.5, 0.7, 10.0, 0.5))]
    whole = [weekly_probability(0.3), step_probability(5.0, 0.7, 10.0)]
    return [float(a - b) for a, b in zip(halves, whole, strict=True)]


def _salience() -> int:
    doubled = [f"actors.{side}.salience={{territory: 1.6, ceasefire: 0.4}}" for side in ("home", "rival")]
    return differing(lived(*LIVELY, *doubled), lived(*LIVELY))


def _vetoes() -> list[int]:
    """Texts that pass against a permanent no; texts with nine yes that fail for an abstention."""
    votes = np.random.default_rng(10).choice([YES, ABSTAIN, NO], (15, 20_000)).astype(np.int8)
    permanent = np.arange(15) < 5
    against = (votes[:5] == NO).any(axis=0)
    passed, enough = council_decision(votes, permanent), (votes == YES).sum(axis=0) >= 9
    return [int((passed & against).sum()), int((enough & ~against & ~passed).sum())]


def _round_trip() -> list[int]:
    """Whether a scenario that is written down and read again says the same; whether an unknown key is refused."""
    text = dump(world(*LIVELY))
    with TemporaryDirectory() as folder:
        (Path(folder) / "scenario.yaml").write_text(text, encoding="utf-8")
        again = dump(load(folder))
    try:
        vary(world(), overrides=["front.nonsense=1"])
    except InputFault:
        return [int(again == text), 1]
    return [int(again == text), 0]


def _coin() -> list[float]:
    """Texts taken of those tabled, less a quarter, in standard errors; runs in which cruel terms change an answer."""
    fair, harsh = (history(world(*CARELESS, *terms), np.arange(1024)) for terms in ((), CRUEL))
    opened = sum(event[2] == "talks_opened" and event[1] == 0 for event in fair.events)
    signed = sum(event[2].endswith("_signed") and event[1] == 0 for event in fair.events)
    changed = (fair.readings["war"][0] != harsh.readings["war"][0]).sum()
    return [(signed / opened - 0.25) / (0.1875 / opened) ** 0.5, float(changed)]


def _no_hazard() -> list[int]:
    """Breaks without a hazard; whether anything was signed, and whether a hazard breaks it."""
    safe, plain = lived(*LIVELY, "agreements.hazard=0"), lived(*LIVELY, "agreements.hazard=0.1")
    return [count(safe, "agreement_broken"), int(count(safe, "settlement_signed") > 0),
            int(count(plain, "agreement_broken") > 0)]  # fmt: skip


def _enormous_hazard() -> list[int]:
    """Agreements of an enormous hazard that stand for more than a week; whether there were any."""
    broken = lived(*LIVELY, "agreements.hazard=1e6", "mechanisms.commitment=false")
    lasted = [event[4] for event in broken.events if event[2] == "agreement_broken"]
    return [sum(weeks > 1 for weeks in lasted), int(len(lasted) > 0)]


def _hollow_guarantee() -> int:
    none, hollow = (
        lived(*LIVELY, f"actors.mediator.guarantee={strength}", f"actors.mediator.guarantee_credibility={credibility}")
        for strength, credibility in ((0, 0.5), (0.9, 0))
    )
    return differing(none, hollow)


def _won_at_the_start() -> int:
    """Talks, deals and signatures in a war whose front starts at an end."""
    lives = [lived(*LIVELY, f"front.share={share}") for share in (0, 1)]
    kinds = ("talks_opened", "rung_opened", "ceasefire_signed", "settlement_signed")
    return sum(count(each, kind) for each in lives for kind in kinds)


def _vetoed() -> list[int]:
    """A veto player that is glad of everything, and one that is glad of nothing."""
    wishes = "consent: both, ideal_point: {territory: 0.5}, salience: {territory: 1}"
    glad, sour = (
        lived(*LIVELY, f"actors.third={{kind: veto_player, reservation: {needs}, {wishes}}}") for needs in (-1e9, 1e9)
    )
    signed = sum(count(sour, kind) for kind in ("ceasefire_signed", "settlement_signed"))
    return [differing(glad, lived(*LIVELY)), signed, int(count(sour, "consent_refused") > 0)]


EXACT = "common luck, bit by bit"
LAWS = (
    Entry("laws", "M1", "Mirrored world: numbers and events that differ", (0,), mirror_differences, 0.0,
          remark="readings to 1e-10, events exactly"),
    Entry("laws", "M2", "Same seed again: differences; another seed differs", (0, 1), _again, 0.0, remark=EXACT),
    Entry("laws", "M2a", "A run alone and among others: differences", (0,), _alone_and_among, 0.0, remark=EXACT),
    Entry("laws", "M3", "Inert mediator: differences", (0,),
          lambda: differing(lived(*LIVELY, INERT), lived(*LIVELY)), 0.0, remark=EXACT),
    Entry("laws", "M3a", "Inert state, inert bloc, tie of no weight: differences; a heavy tie differs", (0, 0, 0, 1),
          inert_additions, 0.0, remark=EXACT),
    Entry("laws", "M4", "Comings of a shock that a policy changes; some came", (0, 1), _shocks_of_others, 0.0,
          remark=EXACT),
    Entry("laws", "M4a", "Shock of size zero: differences", (0,), _empty_shock, 0.0, remark=EXACT),
    Entry("laws", "M5", "No noise, no shocks: readings in which replicates differ", (0,), _without_luck, 0.0),
    Entry("laws", "M5a", "The same, with a settlement: readings, runs' events that differ; all sign, not at once",
          (0, 0, 1), _certain_settlement, 0.0),
    Entry("laws", "M6", "Nothing to learn or fear: first talks without settlement; talks opened", (0, 1), _first_talks,
          0.0, "Fearon1995"),
    Entry("laws", "M7", "Dearer war: ends of the range that move inwards; some move", (0, 1), _dearer_war, 0.0,
          "Fearon1995"),
    Entry("laws", "M8", "Front in whole and half steps less theory, in standard errors: victory, weeks", (0, 0, 0, 0),
          passages, 4.0, "Siegmund1979", remark="512 runs a step, a fixed seed"),
    Entry("laws", "M8a", "Hazard in halves less whole: constant, falling", (0, 0), _half_steps, 1e-12),
    Entry("laws", "M8b", "Breaks in whole and half steps less theory, in standard errors", (0, 0), breaks, 4.0,
          remark="512 runs a step, a fixed seed"),
    Entry("laws", "M9", "Salience on another scale: differences", (0,), _salience, 0.0, remark=EXACT),
    Entry("laws", "M10", "Texts passed against a permanent no; failed by an abstention", (0, 0), _vetoes, 0.0,
          "UNCharter"),
    Entry("laws", "M11", "Rejected amendments that change a vote or the text; adopted ones that do not; both came",
          (0, 0, 1), played_amendments, 0.0,
          "UNRulesGA"),
    Entry("laws", "M12", "Shares outside [0, 1]; stocks below 0; funding above need; quantities that stand still",
          (0, 0, 0, 0), bounds, 0.0),
    Entry("laws", "M13", "A scenario written and read says the same; an unknown key is refused", (1, 1), _round_trip,
          0.0),
    Entry("laws", "M14", "No precision: texts taken less a quarter, in standard errors; answers that terms change",
          (0, 0), _coin, 4.0, "McKelveyPalfrey1995", remark="the second exactly"),
    Entry("laws", "M15", "No hazard: breaks; something was signed; a hazard breaks it", (0, 1, 1), _no_hazard, 0.0),
    Entry("laws", "M15a", "Enormous hazard: agreements that stand for more than a week; there were some", (0, 1),
          _enormous_hazard, 0.0),
    Entry("laws", "M16", "Guarantee without credibility: differences from none", (0,), _hollow_guarantee, 0.0,
          remark=EXACT),
    Entry("laws", "25", "Mediator without information, leverage or proposal: differences from none", (0,), _powerless,
          0.0, "FeyRamsay2010", "V", EXACT),
    Entry("laws", "V1", "Veto player whom all terms please: differences; whom none please: agreements, refusals noted",
          (0, 0, 1), _vetoed, 0.0, "Cunningham2006", remark=EXACT),
    Entry("laws", "50b", "Harder home, each side: lines that move away from it; they move; fewer settle",
          (0, 1, 1, 0, 1, 1), harder_homes, 0.0, "Putnam1988, Schelling1960, Iida1993",
          remark="governments that know their homes roughly, on a front that stands still"),
    Entry("laws", "L1", "Front that starts at an end: talks, deals and signatures", (0,), _won_at_the_start, 0.0),
)  # fmt: skip
"""What holds of every played world; M1 to M16, nos. 25 and 50, and one of the program's own."""
