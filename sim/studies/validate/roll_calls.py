"""Measures of real roll calls: shares, one dimension, stickiness and cohesion, as the catalogue has them.

They need the user's own download. The catalogue measured sessions 46 to 74, and here are 68 to 80 at most.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import ndtr

from sim.studies.assembly.cells import Faults, read_cells
from sim.studies.assembly.estimate import estimate
from sim.studies.assembly.reader import STATES, read_record
from sim.studies.assembly.record import Record, RollCall, contested
from sim.theory.arrays import Array, IntArray
from sim.theory.blocs import agreement_index
from sim.theory.cut_points import classified, cuts_of_a_tally
from sim.theory.voting import ABSENT, ABSTAIN, NO, YES, Votes, demand_and_band, outcome_probabilities

POINTS = "idealpoints_voeten_2013_2023.csv"
LAST_SESSION = "2020-09-01"
"""Sessions up to the 74th, the last that the catalogue saw, end before."""
CRIMEA = ("71/205", "72/190", "73/194", "73/263", "74/17", "74/168")
RIGHTS = ("71/205", "72/190", "73/263", "74/168")
TURNED, TURN, DAY_AFTER = "USA", "ES-11/7", "2025-02-25"
BRICS = ("BRA", "CHN", "IND", "RUS", "ZAF")
COHESIVE = ("EU", "GCC", "ASEAN", "CSTO")
SLOPE = 1.7
TALLIES = {
    "68/262": (100, 11, 58), "ES-11/1": (141, 5, 35), "ES-11/2": (140, 5, 38), "ES-11/3": (93, 24, 58),
    "ES-11/4": (143, 5, 35), "ES-11/5": (94, 14, 73), "ES-11/6": (141, 7, 32), "78/316": (99, 9, 60),
    "ES-11/7": (93, 18, 65), "ES-11/8": (93, 8, 73),
}  # fmt: skip
"""Yes, no, abstaining. The vote of 24 February 2026 is left out: it is to be predicted."""


@dataclass(frozen=True)
class RollCalls:
    """A folder of roll calls, read when something is first asked of it.

    Parameters
    ----------
    folder : Path
        With the files of ``parley hindcast assembly`` and the published ideal points.
    """

    folder: Path

    @cached_property
    def record(self) -> Record:
        """All roll calls."""
        return read_record(self.folder)

    @cached_property
    def points(self) -> dict[int, Array]:
        """Published ideal points by year, (states,); NaN where a state has none."""
        faults = Faults(self.folder)
        table = read_cells(faults, POINTS, ["iso3c", "year", "IdealPointAll"])
        faults.stop()
        assert table is not None  # noqa: S101 (a missing table is a fault)
        found: dict[int, Array] = {}
        place = {code: row for row, code in enumerate(self.record.states)}
        for code, year, point in zip(table.iso3c, table.year, table.IdealPointAll, strict=True):
            at = found.setdefault(int(year), np.full(len(place), np.nan))
            if code in place:
                at[place[code]] = float(point)
        return found

    @cached_property
    def members(self) -> dict[str, npt.NDArray[np.intp]]:
        """Rows of the groups whose cohesion is measured."""
        faults = Faults(self.folder)
        table = read_cells(faults, STATES, ["iso3", "UNSC_P5", *COHESIVE])
        faults.stop()
        assert table is not None  # noqa: S101
        table = table.sort_values("iso3").reset_index(drop=True)
        flags = {name: np.flatnonzero(table[name] == "1") for name in (*COHESIVE, "UNSC_P5")}
        flags["BRICS"] = np.flatnonzero(table.iso3.isin(BRICS))
        return flags | {"all": np.arange(len(table))}

    def read(self) -> RollCalls:
        """The same with all files read, so that their faults are told before anything else."""
        _ = self.record, self.points, self.members
        return self

    @property
    def earlier(self) -> list[RollCall]:
        """Regular calls of the sessions that the catalogue saw too."""
        return [call for call in self.record.background if call.day < LAST_SESSION]

    def named(self, names: Sequence[str]) -> list[RollCall]:
        """Texts by their symbols, in that order."""
        known = {text.name: text for text in self.record.texts}
        return [known[name] for name in names]

    def points_at(self, call: RollCall) -> Array:
        """Published points of the session in which a call fell; the last known where there are no later ones."""
        year = int(call.day[:4]) - (call.day[5:7] < "09")
        return self.points[min(max(year, min(self.points)), max(self.points))]


def outcome_shares(calls: Sequence[RollCall]) -> list[float]:
    """Shares of yes, abstention and no among all votes cast."""
    votes = np.concatenate([call.known for call in calls])
    cast = np.count_nonzero(votes != ABSENT)
    return [float(np.count_nonzero(votes == kind) / cast) for kind in (YES, ABSTAIN, NO)]


def abstentions(calls: Sequence[RollCall]) -> list[float]:
    """Abstention a call (median, p75, p90); shares of calls with a quarter and few noes, and with more yes than no."""
    shares = np.array([outcome_shares([call]) for call in calls])
    quantiles = np.quantile(shares[:, 1], [0.5, 0.75, 0.9])
    like_ours = (shares[:, 1] >= 0.25) & (shares[:, 2] <= 0.10)
    return [*map(float, quantiles), float(like_ours.mean()), float((shares[:, 0] > shares[:, 2]).mean())]


def told_apart(known: RollCalls, calls: Sequence[RollCall], *, abstention: bool = True) -> list[float]:
    """Share of votes that one dimension tells right, and the reduction of the errors made without one."""
    counted = [classified(known.points_at(call), call.known, abstention=abstention) for call in calls]
    right, modal, cast = np.array(counted).sum(axis=0)
    return [float(right / cast), float((right - modal) / (cast - modal))]


def disputed(calls: Sequence[RollCall]) -> list[RollCall]:
    """Calls on which less than four in five said yes."""
    return [call for call in calls if contested(call.known)]


def probit(points: Array, votes: Votes) -> tuple[float, float, float]:
    """Slope, demand and band of an ordered probit of one roll call on one dimension."""
    seen = np.isfinite(points) & (votes != ABSENT)
    at, chosen = points[seen], votes[seen]

    def loss(values: Array) -> float:
        slope, demand, band = float(values[0]), float(values[1]), float(np.exp(values[2]))
        chances = outcome_probabilities(slope * at[:, None] - demand, band, 0.0)[:, :, 0]
        return -float(np.log(np.maximum(chances[chosen, np.arange(len(at))], 1e-12)).sum())

    found = minimize(loss, [1.5, 0.0, 0.5], method="Nelder-Mead", options={"maxiter": 2000, "xatol": 1e-4}).x
    return float(found[0]), float(found[1]), float(np.exp(found[2]))


def crimea_probits(known: RollCalls) -> list[float]:
    """Least and largest slope, least and largest band, of six texts."""
    fits = [probit(known.points_at(text), text.known) for text in known.named(CRIMEA)]
    slopes, _, bands = zip(*fits, strict=True)
    return [min(slopes), max(slopes), min(bands), max(bands)]


def tally_cuts(known: RollCalls) -> list[float]:
    """Cut points k1 and k2 of ten tallies on the points of 2019, then the bands that they make."""
    points = known.points[2019]
    points = points[np.isfinite(points)]
    shares = [(yes / (yes + no + rest), no / (yes + no + rest)) for yes, no, rest in TALLIES.values()]
    cuts = [cuts_of_a_tally(points, SLOPE, *pair) for pair in shares]
    return [*(cut for pair in cuts for cut in pair), *(float(demand_and_band(*pair)[1]) for pair in cuts)]


def turn(known: RollCalls) -> list[float]:
    """Probability of the no of the United States on the text of 24 February 2025: one dimension, then the model."""
    (text,) = known.named([TURN])
    row = known.record.states.index(TURNED)
    points = known.points_at(text)
    slope, demand, band = probit(points, text.known)
    plain = -0.5 * band - (slope * points[row] - demand)
    fit = estimate(known.record, DAY_AFTER)
    names = [other.name for other in known.record.texts if other.day < DAY_AFTER]
    at = names.index(TURN)
    spread = np.sqrt(1.0 + fit.support_variance[row, at])
    below = -0.5 * fit.band[at] - (fit.support[row, at] - fit.demand[at])
    return [float(ndtr(plain)), float(ndtr(below / spread))]


def kept(calls: Sequence[RollCall]) -> IntArray:
    """Pairs of votes of a state on one text and the next, (earlier, later) by yes, no, abstention."""
    pairs = np.zeros((4, 4), dtype=np.int64)
    for first, then in pairwise(calls):
        np.add.at(pairs, (first.known, then.known), 1)
    return pairs[:3, :3]


def stickiness(known: RollCalls) -> list[float]:
    """Shares of states that repeat their yes, abstention and no on the yearly text, and pairs of yes and no in turn."""
    pairs = kept(known.named(RIGHTS))
    stay = np.diag(pairs) / pairs.sum(axis=1)
    return [float(stay[YES]), float(stay[ABSTAIN]), float(stay[NO]), float(pairs[YES, NO] + pairs[NO, YES])]


def cohesion(calls: Sequence[RollCall], rows: npt.NDArray[np.intp]) -> list[float]:
    """Mean agreement of some states over calls, and the share of calls on which those voting were of one mind."""
    votes = np.stack([call.known[rows] for call in calls], axis=1)
    counts = [np.count_nonzero(votes == kind, axis=0) for kind in (YES, NO, ABSTAIN)]
    index = agreement_index(*counts)
    return [float(np.nanmean(index)), float(np.nanmean(np.where(np.isnan(index), np.nan, index == 1.0)))]


def cohesions(known: RollCalls, name: str) -> list[float]:
    """Agreement of a group over all calls, over contested ones, and the share of all on which it was of one mind."""
    whole = cohesion(known.earlier, known.members[name])
    return [whole[0], cohesion(disputed(known.earlier), known.members[name])[0], whole[1]]
