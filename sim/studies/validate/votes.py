"""Patterns of past votes of the Assembly: the catalogue's, looked for in the roll calls, and in the simulated votes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from sim.analysis.measures import Estimate
from sim.record.columns import MOVES
from sim.record.intervals import wilson
from sim.scenario import Scenario
from sim.studies.validate.entry import Checked, Entry
from sim.studies.validate.facts import Fact, Played
from sim.studies.validate.roll_calls import (
    RollCalls,
    abstentions,
    cohesions,
    crimea_probits,
    disputed,
    outcome_shares,
    stickiness,
    tally_cuts,
    told_apart,
    turn,
)

SESSIONS = "the catalogue's sessions are 46 to 74, these 68 to 74"
SOURCE = "BaileyStrezhnevVoeten2017"


@dataclass(frozen=True)
class Pattern:
    """Numbers of the catalogue that are found in real roll calls.

    Parameters
    ----------
    number, name : str
    expected : tuple of float
    tolerance : float
        Set before looking: .03 for a share measured on other sessions, half of the last digit for the same votes.
    measure : callable
        The same numbers of some roll calls.
    remark, source : str
    """

    number: str
    name: str
    expected: tuple[float, ...]
    tolerance: float
    measure: Callable[[RollCalls], Sequence[float]]
    remark: str = ""
    source: str = SOURCE

    def check(self, known: RollCalls) -> Checked:
        """The pattern held against roll calls."""
        find = partial(self.measure, known)
        return Entry(
            "votes", self.number, self.name, self.expected, find, self.tolerance, self.source, "C", self.remark
        ).check()


def _crimea(known: RollCalls) -> list[float]:
    texts = [text for text in known.record.texts if text.own and text.votes is not None and "2016" <= text.day < "2020"]
    return [told_apart(known, texts)[0], told_apart(known, texts, abstention=False)[0]]


def _told(known: RollCalls) -> list[float]:
    return [*told_apart(known, known.earlier), told_apart(known, known.earlier, abstention=False)[0]]


CUTS = (
    0.63, 2.46, 1.42, 3.04, 1.36, 3.05, 0.38, 1.87, 1.43, 3.05,
    0.33, 2.33, 1.44, 2.82, 0.62, 2.60, 0.37, 2.12, 0.39, 2.71,
)  # fmt: skip
BANDS = (1.83, 1.62, 1.69, 1.49, 1.62, 2.00, 1.38, 1.98, 1.75, 2.31)
AGREEMENT = {
    "EU": (0.925, 0.889, 0.70),
    "GCC": (0.960, 0.942, 0.91),
    "ASEAN": (0.911, 0.867, 0.77),
    "CSTO": (0.800, 0.669, 0.57),
    "BRICS": (0.744, 0.667, 0.51),
    "UNSC_P5": (0.561, 0.426, 0.15),
    "all": (0.725, 0.513, 0.005),
}
"""Agreement over all votes, over contested ones, and share of votes of one mind; sessions 66 to 74."""

PATTERNS = (
    Pattern("U1", "shares of yes, abstention and no", (0.811, 0.122, 0.067), 0.03,
            lambda known: outcome_shares(known.earlier), SESSIONS),
    Pattern("U2", "abstention a call: median, p75, p90; calls like those on Ukraine; more yes than no",
            (0.066, 0.203, 0.328, 0.173, 0.984), 0.03, lambda known: abstentions(known.earlier), SESSIONS),
    Pattern("U3", "told right by one dimension: all, reduction of errors, yes and no alone", (0.9386, 0.663, 0.9906),
            0.03, _told, SESSIONS),
    Pattern("U3a", "the same on contested texts: all, reduction of errors", (0.9067, 0.732), 0.03,
            lambda known: told_apart(known, disputed(known.earlier)), SESSIONS),
    Pattern("U4", "the same on Crimea 2016 to 2019: all, yes and no alone", (0.8075, 0.8996), 0.02, _crimea,
            "one dimension is not enough here"),
    Pattern("U5", "ordered probits of six texts on Crimea: range of the slopes, range of the bands",
            (1.51, 1.77, 1.91, 2.30), 0.1, crimea_probits),
    Pattern("U6", "cut points of ten tallies, slope 1.7, points of 2019; their bands", (*CUTS, *BANDS), 0.03,
            tally_cuts, "another release of the points; the tally of 24 February 2026 is left out"),
    Pattern("U7", "probability of the no of the United States on ES-11/7: one dimension, the fitted model", (0.0, 1.0),
            0.5, turn, "after the fact: what the model makes of a turn that it has seen"),
    Pattern("U8", "the yearly text on Crimea 2016 to 2019: yes, abstention, no repeated; yes and no in turn",
            (0.970, 0.947, 0.919, 0), 0.005, stickiness),
    *(Pattern("U9", f"agreement of {name}: all, contested, share of one mind", expected, 0.03,
              partial(cohesions, name=name), "the catalogue's sessions are 66 to 74", "HixNouryRoland2005")
      for name, expected in AGREEMENT.items()),
)  # fmt: skip
"""What holds or fails in the roll calls alone."""

TURNED = Entry(
    "votes", "U7", "probability of the no of the United States on ES-11/7", (0.0, 1.0), None, 0.5, SOURCE, "C"
)

UNHEARD = {
    "U10": "Council 2774: 10-0-5 under a text without territory: no scenario has that text",
    "U11": "agreement of 16 African states: the catalogue does not say which",
}


def _share(before: str, now: str, pairs: int, value: float) -> Fact:
    band = tuple(float(end) for end in wilson(value, pairs))

    def measure(played: Played) -> Estimate:
        moves = _moves(played)
        started = sum(moves[f"{before}_to_{other}"] for other in ("yes", "no", "abstain"))
        shares = moves[f"{before}_to_{now}"] / np.maximum(started, 1)
        error = 1.96 * float(shares.std()) / np.sqrt(len(shares))
        middle = float(shares.mean())
        return Estimate(middle, middle - error, middle + error, len(shares))

    number = {"yes": "U12", "abstain": "U12a", "no": "U12b"}[before]
    return Fact(number, f"{before} on a yearly text repeated a year later, of those voting", SOURCE,
                lambda _: (band[0], band[1]), measure, _no_pair, "C", "Crimea 2016 to 2019")  # fmt: skip


def _moves(played: Played) -> dict[str, np.ndarray]:
    votes = played.result.votes
    followed = votes[votes["text"].isin(_followers(played.scenario))][list(MOVES)].dropna()
    return {name: followed[name].to_numpy(np.float64) for name in MOVES}


def _followers(scenario: Scenario) -> list[str]:
    return [key for key, text in scenario.texts.items() if text.follows]


def _no_pair(scenario: Scenario) -> str:
    return "" if _followers(scenario) else "no text follows another one"


def _in_turn(played: Played) -> Estimate:
    """Share of pairs in which a state says yes to one text and no to the other."""
    moves = _moves(played)
    all_pairs = sum(count for name, count in moves.items() if "absent" not in name)
    shares = (moves["yes_to_no"] + moves["no_to_yes"]) / all_pairs
    error, middle = 1.96 * float(shares.std()) / np.sqrt(len(shares)), float(shares.mean())
    return Estimate(middle, middle - error, middle + error, len(shares))


SIMULATED = (
    _share("yes", "yes", 197, 0.970),
    _share("abstain", "abstain", 208, 0.947),
    _share("no", "no", 75, 0.919),
    Fact("U12c", "yes and no in turn on a yearly text, of all pairs", SOURCE,
         lambda _: (0.0, float(wilson(0.0, 480)[1])), _in_turn, _no_pair, "C",
         "Crimea 2016 to 2019: never in 480 pairs"),
)  # fmt: skip
"""What is asked of the simulated votes of a scenario; each band is the sampling error of the real pairs."""


def past_votes(known: RollCalls) -> Iterator[Checked]:
    """All patterns of past votes, held against roll calls, and those that cannot be."""
    for pattern in PATTERNS:
        yield pattern.check(known)
    for number, reason in UNHEARD.items():
        name, _, why = reason.partition(": ")
        yield Checked(Entry("votes", number, name, (), None, remark=why), (), "left out")
