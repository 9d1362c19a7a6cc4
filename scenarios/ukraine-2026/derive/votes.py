"""How states vote: the hindcast's forecast of each coming text in the form in which the scenario plays it.

The estimate, the habits and the simulated tally are those of `sim.studies.assembly`; no vote of the day on which the
scenario starts, or later, is in the record that it reads. The scenario's own form is an ordered vote with a support
and a band for every state; `sim.theory.ordered_form` gives it the forecast's probabilities and the tally's width.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import dyads
import numpy as np
from absence import absence_of_the_torn

from sim.studies.assembly import Hindcast, hindcast, read_record
from sim.studies.assembly.background import general_points
from sim.studies.assembly.coming import Expected, expect
from sim.studies.assembly.estimate import estimate
from sim.studies.assembly.forecast import demand_likeness
from sim.studies.assembly.record import Record, RollCall
from sim.theory.arrays import Array
from sim.theory.item_response_texts import TextFit
from sim.theory.ordered_form import Drawn, Voters, matched_states, matched_text
from sim.theory.text_demand import carried_demand

START = "2026-02-24"
PEACE, RIGHTS = ("territorial_integrity", "principle"), ("human_rights", "charge")
COMING = {
    "lasting_peace_2026": (START, *PEACE),
    "human_rights_2026": ("2026-12-15", *RIGHTS),
    "council_2027": ("2027-01-20", *PEACE),
    "lasting_peace_2027": ("2027-02-24", *PEACE),
    "lasting_peace_2028": ("2028-02-24", *PEACE),
}
"""Texts of the scenario: day, family and kind, as coded by the rule in `sim/studies/assembly/coding.md`."""
CROSS_PRESSURE, FATIGUE, WEARY_WEEKS = 0.85, 0.68, 118.0
"""Middles of the scenario's own numbers, which widen the bands that are found here."""
FIRST, OTHER, NEXT, LAST = "lasting_peace_2026", "human_rights_2026", "lasting_peace_2027", "lasting_peace_2028"


@dataclass(frozen=True)
class Item:
    """A coming text as the scenario plays it: weights of both dimensions and its drawn numbers."""

    general_weight: float
    conflict_weight: float
    drawn: Drawn
    inherits: float = 0.0


@dataclass(frozen=True)
class Votes:
    """Everything that the tables tell of votes.

    `general`, `conflict`, `conflict_se`, `luck`, `band`, `absence` by state; `rights` and `rights_band` what states
    bring to texts on human rights; `kept` shares of luck kept for a year and for two; `fit` the estimate on the whole
    record, with standard errors; `support` of each state for the first text, before luck; `away` what a state wholly
    `torn` has more in log odds of absence, with its standard error: in `absence`, and taken off in the table of states.
    """

    record: Record
    past: Hindcast
    fit: TextFit
    expected: dict[str, Expected]
    items: dict[str, Item]
    general: Array
    conflict: Array
    conflict_se: Array
    luck: Array
    band: Array
    absence: Array
    rights: Array
    rights_band: Array
    kept: tuple[float, float]
    torn: Array
    support: Array
    away: tuple[float, float]


def text(key: str) -> RollCall:
    """A coming text without votes."""
    day, family, kind = COMING[key]
    return RollCall(key, day, None, (0, 0, 0, 0), family, kind, own=True)


def carried(record: Record) -> dict[str, Array]:
    """Covariance of each state's support for the first text with those for others, luck aside, by text."""
    keys = [LAST, NEXT, OTHER, FIRST]
    found = estimate(record, START, [text(key) for key in keys]).with_last[:, -len(keys) :]
    return dict(zip(keys, found.T, strict=True))


def estimated(data: Path) -> Votes:
    """Everything about votes, from the folder of roll calls."""
    record = read_record(data)
    past = hindcast(record)
    expected = {key: expect(past, text(key)) for key in COMING}
    ours, theirs = dyads.dependences(data, record.states, np.isin(record.states, dyads.senders(data)).astype(float))
    torn = np.sqrt(ours * theirs)
    whole = estimate(record, START, torn=torn - torn.mean(), errors=True)
    return projected(past, expected, carried(record), whole, torn)


def projected(
    past: Hindcast, expected: dict[str, Expected], shared: dict[str, Array], fit: TextFit, torn: Array
) -> Votes:
    """The forecast in the scenario's form."""
    first, total = expected[FIRST], 1.0 + shared[FIRST]
    voters, drawn = _states(first, np.sqrt(total), _logit(first.absence), _widening(torn, FIRST), past.habits[1][1])
    general = general_points(past.record, START)[:, 0]
    slope, level = np.polyfit(general, voters.support, 1)
    rest = voters.support - level - slope * general
    scale = float(rest.std())
    everywhere = np.clip(shared[OTHER], 0.0, None)
    luck = np.sqrt(total - everywhere)
    base = Item(float(slope), scale, replace(drawn, demand=-float(level)))
    year, two = (float(np.mean((shared[key] - everywhere) / luck**2)) for key in (NEXT, LAST))
    return _later(
        Votes(
            past.record, past, fit, expected, {FIRST: base}, general, rest / scale, np.sqrt(everywhere) / scale, luck,
            voters.width, voters.habit, np.zeros_like(luck), voters.width, (year, two), torn, voters.support,
            absence_of_the_torn(past.record, torn),
        )
    )  # fmt: skip


def _widening(torn: Array, key: str) -> Array:
    """What cross-pressure and fatigue add to the bands on the day of a text, at the middle of the scenario's."""
    weeks = (date.fromisoformat(COMING[key][0]) - date.fromisoformat(START)).days // 7
    return np.asarray(CROSS_PRESSURE * torn - FATIGUE * np.expm1(-weeks / WEARY_WEEKS))


def _logit(share: Array) -> Array:
    return np.asarray(np.log(share / (1.0 - share)))


def _states(found: Expected, luck: Array, habit: Array, widening: Array, shock: float) -> tuple[Voters, Drawn]:
    """States and text under which all have the forecast's probabilities."""
    yes, no = found.probabilities[:, 0], found.probabilities[:, 1]
    return matched_states(yes, no, Voters(yes, yes, luck, habit, widening), shock, found.tallies.std(axis=1))


def _later(votes: Votes) -> Votes:
    """The same with the texts after the first."""
    base, items = votes.items[FIRST], dict(votes.items)
    rights, rights_band, items[OTHER] = _other_family(votes)
    whole = np.sqrt(votes.luck**2 + (base.conflict_weight * votes.conflict_se) ** 2)
    level = base.general_weight * votes.general + base.conflict_weight * votes.conflict
    voters = Voters(level, votes.band, whole, votes.absence, np.zeros_like(level))
    for key in (key for key in COMING if key not in (FIRST, OTHER)):
        found = votes.expected[key]
        drawn = matched_text(replace(voters, widening=_widening(votes.torn, key)), base.drawn, *_moments(found))
        items[key] = replace(base, drawn=drawn)
    items |= _inherited(votes, items)
    return replace(votes, items=items, rights=rights, rights_band=rights_band)


def _moments(found: Expected) -> tuple[Array, Array]:
    return found.tallies.mean(axis=1), found.tallies.std(axis=1)


def _other_family(votes: Votes) -> tuple[Array, Array, Item]:
    """What states bring to the other family beyond both dimensions, their bands there, and its text."""
    found = votes.expected[OTHER]
    columns = np.stack([np.ones_like(votes.general), votes.general, votes.conflict], axis=1)
    shift = float(np.mean(_logit(found.absence) - votes.absence))
    weight, widening = votes.items[FIRST].conflict_weight, _widening(votes.torn, OTHER)
    for _ in range(4):
        whole = np.sqrt(votes.luck**2 + (weight * votes.conflict_se) ** 2)
        voters, drawn = _states(found, whole, votes.absence + shift, widening, votes.past.habits[1][1])
        level, slope, weight = np.linalg.lstsq(columns, voters.support, rcond=None)[0]
    rest = voters.support - columns @ np.array([level, slope, weight])
    drawn = matched_text(replace(voters, habit=votes.absence), replace(drawn, absence=shift), *_moments(found))
    return rest, voters.width, Item(float(slope), float(weight), replace(drawn, demand=drawn.demand - float(level)))


def _inherited(votes: Votes, items: dict[str, Item]) -> dict[str, Item]:
    """Yearly texts with what each takes over of the deviation of the one before; their own deviation is the rest."""
    yearly = [text(key) for key in (FIRST, NEXT, LAST)]
    share = carried_demand(*demand_likeness(votes.record.texts, votes.record.precedents, yearly))
    found, before = {}, items[FIRST].drawn.demand_sd
    for place, key in enumerate((NEXT, LAST)):
        whole = items[key].drawn.demand_sd
        taken = share[place] * whole / before
        own = float(np.sqrt(whole**2 - (taken * before) ** 2))
        found[key] = replace(items[key], inherits=float(taken), drawn=replace(items[key].drawn, demand_sd=own))
        before = whole
    return found
