"""Patterns of past wars, and whether a scenario shows them: what it can speak to, and what it cannot, with the reason.

A band is set from the source and its sampling error, before looking. A sign that an equation would put in is looked
for where that equation is switched off, and left out where nothing else could give it. A scenario is one war and a
pattern is one of many: outside the band either the war is unusual or the program is wrong, and the line says only
that it is outside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.analysis.measures import Estimate, difference, proportion, ratio
from sim.analysis.survival import median
from sim.analysis.waiting import peace
from sim.experiment.execution import Progress, run
from sim.record.intervals import wilson
from sim.record.result import Result
from sim.scenario import Scenario
from sim.scenario.vocabulary.actors import MediatorActor
from sim.studies.validate.entry import Checked, Entry
from sim.studies.validate.past_wars import SERIAL, SURVIVORS, WARS, WARS_AFTER_1945, YEAR, years_so_far

Band = tuple[float, float]

SOON, LATER, A_MONTH = 26, 52, 4

UNPRESSED = "played without the effect and the fading of withdrawn leverage, which would put it in"
BARE = "played without leverage, guarantees and gains of good offices, which would put it in"

ENSEMBLES = 4
"""How many times a scenario is played for all facts together."""


@dataclass(frozen=True)
class Played:
    """A scenario, and what its runs left: as written, without mediators, and without what would put a sign in.

    Parameters
    ----------
    scenario : Scenario
    replicates, seed : int
    progress : callable, optional
        Told how many runs were just finished.
    """

    scenario: Scenario
    replicates: int
    seed: int
    progress: Progress | None = None

    @cached_property
    def result(self) -> Result:
        """The ensemble as written."""
        return run(self.scenario, self.replicates, self.seed, progress=self.progress)

    @cached_property
    def unpressed(self) -> Result:
        """The same luck where leverage does not fade and an agreement would not suffer if it did."""
        return self._varied("agreements.withdrawn=0", *self._of_mediators("leverage_decay"))

    @cached_property
    def bare(self) -> Result:
        """The same luck where mediators write and tell, and have nothing else to offer."""
        off = ("mechanisms.leverage=false", "talks.good_offices_gain=0")
        return self._varied(*off, *self._of_mediators("guarantee"))

    @cached_property
    def unmediated(self) -> Result:
        """The same luck without mediation."""
        return self._varied("mechanisms.mediation=false")

    def _varied(self, *overrides: str) -> Result:
        return run(self.scenario, self.replicates, self.seed, overrides=overrides, progress=self.progress)

    def _of_mediators(self, key: str) -> list[str]:
        return [f"actors.{name}.{key}=0" for name in self.scenario.mediators]


@dataclass(frozen=True)
class Fact:
    """A pattern that a scenario can be asked for.

    Parameters
    ----------
    number, name, source, label : str
    band : callable
        Where the simulated number must lie, for a scenario.
    measure : callable
        The simulated number with its Monte-Carlo interval; NaN where there is nothing to measure.
    silent : callable
        Why a scenario cannot speak to it; empty where it can.
    remark : str
    """

    number: str
    name: str
    source: str
    band: Callable[[Scenario], Band]
    measure: Callable[[Played], Estimate]
    silent: Callable[[Scenario], str] = lambda _: ""
    label: str = "V"
    remark: str = ""

    def check(self, played: Played) -> Checked:
        """The fact held against a scenario."""
        reason = self.silent(played.scenario)
        band = (np.nan, np.nan) if reason else self.band(played.scenario)
        if reason:
            return Checked(self._entry(played.scenario, band, reason), (), "left out")
        found = self.measure(played)
        if np.isnan(found.value):
            return Checked(self._entry(played.scenario, band, "nothing to measure in these runs"), (), "left out")
        inside = band[0] <= found.value <= band[1]
        entry = self._entry(played.scenario, band, self.remark)
        return Checked(entry, (found.value,), "holds" if inside else "fails", (found.low, found.high), band)

    def _entry(self, scenario: Scenario, band: Band, remark: str) -> Entry:
        middle = (0.5 * (band[0] + band[1]),) if np.isfinite(band).all() else ()
        name = f"{scenario.name}: {self.name}"
        return Entry("facts", self.number, name, middle, None, 0.0, self.source, self.label, remark)


def _around(share: float, n: int) -> Callable[[Scenario], Band]:
    low, high = (float(end) for end in wilson(share, n))
    return lambda _: (low, high)


def _above_zero(_scenario: Scenario) -> Band:
    return (float(np.nextafter(0.0, 1.0)), np.inf)


def _still_at_war_band(scenario: Scenario) -> Band:
    """Share of wars that reach the next anniversary, of those that have come as far as this one."""
    whole, part = divmod(years_so_far(scenario) or 0.0, 1.0)
    survivors, wars = SURVIVORS[int(whole)]
    low, high = (float(end) ** (1.0 - part) for end in wilson(survivors / wars, wars))
    return low, high


def _still_at_war(played: Played) -> Estimate:
    part = (years_so_far(played.scenario) or 0.0) % 1.0
    week = round((1.0 - part) * YEAR)
    weeks = played.result.weeks
    here = weeks[(weeks["week"] == week) & weeks["quantity"].isin(["war", "talks"])]
    share, n = float(here["mean"].sum()), played.replicates
    low, high = wilson(share, n)
    return Estimate(share, float(low), float(high), n)


def _no_table(scenario: Scenario) -> str:
    years = years_so_far(scenario)
    if years is None:
        return "the file does not say when the war began (calendar.began)"
    if int(years) not in SURVIVORS:
        return f"no count of wars that have lasted {int(years)} years"
    return "" if scenario.calendar.weeks > (1.0 - years % 1.0) * YEAR else "the weeks end before the next anniversary"


def _negotiated(played: Played) -> Estimate:
    return proportion(played.result.runs["first_talks"].notna())


def _by_agreement(played: Played) -> Estimate:
    ends = played.result.runs["end"].astype(str)
    return proportion(~ends[ends != "war"].str.startswith("victory"))


def _relapsed(played: Played) -> Estimate:
    return proportion(played.result.runs["first_peace_broken"].dropna().astype(bool))


def _pressed_less_direct(played: Played) -> Estimate:
    """Breaks a year of first peaces signed under a mediator with leverage, less those signed without a mediator."""
    result = played.unpressed
    runs, signed = result.runs.set_index("replicate"), result.events
    signed = signed[signed["kind"].isin(["ceasefire_signed", "settlement_signed"])].drop_duplicates("replicate")
    host = signed["who"].astype(str).to_numpy()
    first = runs.loc[signed["replicate"]]
    levers = [key for key, actor in played.scenario.mediators.items() if _has_leverage(actor)]
    rates = [
        ratio(first["first_peace_broken"].astype(bool).to_numpy()[chosen],
              first["first_peace_weeks"].to_numpy(dtype=np.float64)[chosen] / 52.0)
        for chosen in (np.isin(host, levers), host == "direct")
    ]  # fmt: skip
    gap = rates[0].value - rates[1].value
    spread = float(np.hypot(rates[0].high - rates[0].value, rates[1].high - rates[1].value))
    return Estimate(gap, gap - spread, gap + spread, rates[0].n + rates[1].n)


def _has_leverage(actor: MediatorActor) -> bool:
    """Whether a mediator may have leverage on a side; a range that reaches above zero counts."""
    return any(max(side.arguments) > 0 for side in (actor.leverage.A, actor.leverage.B))


def _agreed_by(result: Result, week: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    first = [
        result.runs[column].to_numpy(dtype=np.float64, na_value=np.inf)
        for column in ("first_ceasefire", "first_settlement")
    ]
    return np.asarray(np.minimum(*first) <= week)


def _more_agreement(played: Played) -> Estimate:
    return difference(_agreed_by(played.bare, SOON), _agreed_by(played.unmediated, SOON), paired=True)


def _less_durable(played: Played) -> Estimate:
    return difference(*(_broken_within(each, LATER) for each in (played.unpressed, played.unmediated)), paired=False)


def _broken_within(result: Result, weeks: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Whether the first peace broke within some weeks, of the runs in which it could be watched so long."""
    peaces = result.runs[["first_peace_weeks", "first_peace_broken"]].dropna()
    lasted, broken = peaces["first_peace_weeks"].to_numpy(int), peaces["first_peace_broken"].to_numpy(bool)
    soon = broken & (lasted <= weeks)
    return np.asarray(soon[soon | (lasted >= weeks)])


def _truces_a_year(played: Played) -> Estimate:
    runs = played.result.runs
    general = played.result.events.query("kind == 'ceasefire_signed'").groupby("replicate").size()
    local = runs["rung_4_opened"].to_numpy()
    counts = local + general.reindex(runs["replicate"], fill_value=0).to_numpy()
    return ratio(counts, runs["weeks_at_war"].to_numpy() / 52.0)


def _median_truce(played: Played) -> Estimate:
    signed = (played.result.events["kind"] == "ceasefire_signed").any()
    return median(peace(played.result, "ceasefire")) if signed else Estimate(np.nan, np.nan, np.nan, 0)


def _failed_at_once(played: Played) -> Estimate:
    if not (played.result.events["kind"] == "ceasefire_signed").any():
        return Estimate(np.nan, np.nan, np.nan, 0)
    curve = peace(played.result, "ceasefire")
    standing = curve.at(min(A_MONTH, float(curve.times[-1])))
    return Estimate(1.0 - standing.value, 1.0 - standing.high, 1.0 - standing.low, standing.n)


def _other_war(scenario: Scenario) -> str:
    sides = {getattr(scenario.actors[key], "iso3", None) for key in scenario.belligerents}
    return "" if sides == {"UKR", "RUS"} else "one case, of another war"


def _unmediated_file(scenario: Scenario) -> str:
    return "" if scenario.mediators else "the scenario has no mediator"


FACTS = (
    Fact("S4", "share still at war at the next anniversary", "SarkeesWayman2010", _still_at_war_band, _still_at_war,
         _no_table, "C"),
    Fact("S7", "share in which the sides negotiate", "Min2020", _around(0.79, WARS), _negotiated,
         remark="the weeks played, not the whole war"),
    Fact("S7a", "ended by agreement short of victory, of those that ended", "Min2020", _around(2 / 3, WARS),
         _by_agreement),
    Fact("S8", "ended at the table, of those that ended", "Walter1997", _around(0.55, WARS_AFTER_1945),
         _by_agreement, remark="its number of wars is not known; as many as after 1945"),
    Fact("S10", "first peace broken while watched", "Fortna2004",
         lambda _: (float(np.nextafter(0.0, 1.0)), float(wilson(0.5, WARS_AFTER_1945)[1])), _relapsed,
         remark="almost half over decades: an upper bound for a few years"),
    Fact("S12", "breaks a year, signed under leverage less signed without a mediator", "WernerYuen2005", _above_zero,
         _pressed_less_direct, _unmediated_file, remark=f"a sign; {UNPRESSED}"),
    Fact("S13", "agreement within 26 weeks, with mediation less without", "Beardsley2008", _above_zero,
         _more_agreement, _unmediated_file, remark=f"a sign; {BARE}"),
    Fact("S13a", "first peace broken within 52 weeks, with mediation less without", "Beardsley2008", _above_zero,
         _less_durable, _unmediated_file, remark=f"a sign; of peaces that were signed; {UNPRESSED}"),
    Fact("S16", "general and local truces in a year of war", "words", lambda _: SERIAL, _truces_a_year,
         _other_war, remark="Donbas 2014-20: 22 attempts counted by the press"),
    Fact("S16a", "median weeks that a general ceasefire stands", "words", lambda _: (0.0, 6.0), _median_truce,
         _other_war, remark="Donbas: eroded within weeks, the best of 2016 in about six"),
    Fact("S17", "general ceasefires broken within 4 weeks", "words", _around(0.75, 4), _failed_at_once,
         remark="Karabakh 2020: three of four failed at once; one case, of another war"),
)  # fmt: skip
"""Patterns that some scenario can speak to."""

UNHEARD = {
    "S1": "durations of all wars: a scenario is one war, and starts inside it",
    "S2": "durations of wars after 1945: as S1",
    "S3": "shape of the durations of all wars: as S1",
    "S5": "mean of wars that pass a year: the weeks end before most of them do",
    "S6": "winner, stalemate, compromise as coded: the program knows lines and signatures, not winners",
    "S9": "talks before and after 1945: a scenario has one era",
    "S11": "strong agreements last longer: put in by the hazard's covariates, so nothing would be tested",
    "S14": "mediated share of crises: a crisis is not a war of some years",
    "S15": "ceasefires in civil conflicts: another kind of war",
}
"""Patterns that no scenario can speak to, and why."""


def unheard() -> Iterator[Checked]:
    """The patterns to which no scenario can speak, each with its reason."""
    for number, reason in UNHEARD.items():
        name, _, why = reason.partition(": ")
        yield Checked(Entry("facts", number, name, (), None, remark=why), (), "left out")
