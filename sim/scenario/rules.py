"""What the sections of a scenario must be to one another: scales, windows, and who needs what.

Each rule reads sections that are in order by themselves and yields faults.  Names are checked in
`references`, tables in `csv_tables`.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping

from sim.scenario.faults import Fault, listed, nearest
from sim.scenario.fora_rules import faults_of_layers, faults_of_procedure
from sim.scenario.interaction_rules import faults_of_interactions
from sim.scenario.quantity import Quantity
from sim.scenario.sections import Sections
from sim.scenario.vocabulary.actors import StateActor, VetoPlayerActor
from sim.scenario.vocabulary.issues import Issue
from sim.scenario.vocabulary.shocks import AnyShock, DatedShock, SeasonalShock, StrikeCampaign, TriggeredShock

_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_YEARS = (1700, 2200)
_LARGEST = 1e12


def broken_rules(sections: Sections) -> list[Fault]:
    """A fault for every rule that the sections break, in the order of the vocabulary."""
    return [fault for rule in RULES for fault in rule(sections)]


def _calendar(sections: Sections) -> Iterator[Fault]:
    calendar = sections.calendar
    if calendar is None:
        return
    needed = calendar.signing_weeks + calendar.standing_weeks
    if needed > calendar.weeks:
        parts = f"signing_weeks {calendar.signing_weeks} and standing_weeks {calendar.standing_weeks}"
        yield Fault("calendar.weeks", f"{needed} or more is allowed with {parts}, found {calendar.weeks}")
    if not _YEARS[0] <= calendar.start.year <= _YEARS[1]:
        yield Fault("calendar.start", f"a year from {_YEARS[0]} to {_YEARS[1]} is allowed, found {calendar.start}")
    if calendar.began is not None and calendar.began > calendar.start:
        yield Fault(
            "calendar.began", f"{calendar.start}, the start, or a day before it is allowed, found {calendar.began}"
        )


def _days(sections: Sections) -> Iterator[Fault]:
    for place, day in _dated(sections):
        start, end = _window(sections)
        if start is not None and not start <= day < end:
            yield Fault(place, f"a day of the weeks played, {start} to {end}, is allowed, found {day}")


def _dated(sections: Sections) -> Iterator[tuple[str, datetime.date]]:
    yield from ((f"texts.{key}.date", text.date) for key, text in sections.texts.items())
    dated = {key: shock for key, shock in sections.shocks.items() if isinstance(shock, DatedShock)}
    yield from ((f"shocks.{key}.when", shock.when) for key, shock in dated.items())
    if sections.sanctions and sections.sanctions.first_renewal:
        yield "sanctions.first_renewal", sections.sanctions.first_renewal


def _window(sections: Sections) -> tuple[datetime.date | None, datetime.date]:
    calendar = sections.calendar
    if calendar is None or calendar.start.year > _YEARS[1]:
        return None, datetime.date.max
    return calendar.start, calendar.start + datetime.timedelta(weeks=calendar.weeks)


def _days_of_the_year(sections: Sections) -> Iterator[Fault]:
    days = {"front.winter": sections.front.winter} if sections.front else {}
    for key, shock in sections.shocks.items():
        if isinstance(shock, SeasonalShock | StrikeCampaign):
            days[f"shocks.{key}.season.peak"] = shock.season.peak
    for place, day in days.items():
        if int(day[3:]) > _DAYS[int(day[:2]) - 1]:
            yield Fault(place, f"a day that every year has is allowed, found {day}")


def _scales(sections: Sections) -> Iterator[Fault]:
    for key, issue in sections.issues.items():
        low, high = issue.scale
        if not -_LARGEST <= low < high <= _LARGEST:
            yield Fault(f"issues.{key}.scale", f"low below high is allowed, found {[low, high]}")
        elif isinstance(issue.wartime, Quantity):
            yield from _on_scale(f"issues.{key}.wartime", issue.wartime, issue)
        if issue.charter is not None and low < high:
            yield from _on_scale(f"issues.{key}.charter", issue.charter, issue)


def _on_scale(place: str, quantity: Quantity, issue: Issue) -> Iterator[Fault]:
    low, high = issue.scale
    bottom, top = quantity.support
    if low < high and (bottom < low or top > high):
        yield Fault(place, f"{low:g} to {high:g} is allowed, the scale of the issue; found {_spread(quantity)}")


def _spread(quantity: Quantity) -> str:
    bottom, top = quantity.support
    return f"{bottom:g}" if bottom == top else f"{bottom:g} to {top:g}"


def _wartime(sections: Sections) -> Iterator[Fault]:
    for key, issue in sections.issues.items():
        if issue.wartime == "sanctions" and not sections.tree.get("sanctions"):
            yield Fault(f"issues.{key}.wartime", "sanctions is allowed beside a section sanctions, and there is none")
    name = sections.front.issue if sections.front else ""
    if name in sections.issues and sections.issues[name].wartime != "front":
        sentence = "front is allowed on the issue that front.issue names, found another value"
        yield Fault(f"issues.{name}.wartime", sentence)


def _front(sections: Sections) -> Iterator[Fault]:
    front = sections.front
    if front is None:
        return
    noise, volatility = front.observation_noise, front.volatility
    if noise.support[0] < volatility.support[0] or noise.centre < volatility.centre:
        found = f"{_spread(noise)} with volatility {_spread(volatility)}"
        yield Fault("front.observation_noise", f"nothing below front.volatility is allowed, found {found}")


def _sides(sections: Sections) -> Iterator[Fault]:
    written = sections.tree.get("actors")
    actors = written.values() if isinstance(written, dict) else ()
    sides = [actor["side"] for actor in actors if isinstance(actor, dict) and actor.get("side") in ("A", "B")]
    if sorted(sides) != ["A", "B"]:
        found = f"found {listed(sides)}"
        yield Fault("actors", f"one belligerent on side A and one on side B is allowed, {found}")


def _belligerents(sections: Sections) -> Iterator[Fault]:
    for key, actor in sections.belligerents.items():
        for name in ("ideal_point", "salience"):
            lacking = _lacking(_issue_keys(sections), getattr(actor, name))
            if lacking:
                yield Fault(f"actors.{key}.{name}", f"every issue is needed, missing {listed(lacking)}")
        if actor.salience and not any(weight.support[1] > 0 for weight in actor.salience.values()):
            yield Fault(f"actors.{key}.salience", "a sum above 0 is allowed, found 0")


def _veto_players(sections: Sections) -> Iterator[Fault]:
    for key, actor in sections.veto_players.items():
        cares = sorted(name for name in actor.salience if name in sections.issues)
        for table in ("ideal_point", "salience", "red_line"):
            beside = actor.ideal_point if table == "salience" else actor.salience
            for name in sorted(getattr(actor, table)):
                if name in sections.issues and name not in beside:
                    missing = "ideal_point" if table == "salience" else "salience"
                    sentence = f"has no {missing} on it; give actors.{key}.{missing}.{name}"
                    yield Fault(f"actors.{key}.{table}.{name}", sentence)
        if not any(actor.salience[name].support[1] > 0.0 for name in cares):
            yield Fault(f"actors.{key}.salience", "a sum above 0 is allowed, found 0; it has no wish to consent by")


def _lacking(issues: list[str], numbers: Mapping[str, Quantity]) -> list[str]:
    """Issues without a number; not those that are only misspelt, of which another fault tells."""
    misspelt = {nearest(key, issues) for key in numbers if key not in issues}
    return [issue for issue in issues if issue not in numbers and issue not in misspelt]


def _issue_keys(sections: Sections) -> list[str]:
    written = sections.tree.get("issues")
    return list(written) if isinstance(written, dict) else []


def _preferences(sections: Sections) -> Iterator[Fault]:
    for key, actor in sections.actors.items():
        if isinstance(actor, StateActor | VetoPlayerActor):
            yield from _wishes(f"actors.{key}", actor, sections)
        if isinstance(actor, StateActor):
            yield from _preconditions(key, actor, sections)


def _wishes(place: str, actor: StateActor | VetoPlayerActor, sections: Sections) -> Iterator[Fault]:
    for name, issue in sections.issues.items():
        if name in actor.ideal_point:
            yield from _on_scale(f"{place}.ideal_point.{name}", actor.ideal_point[name], issue)
        if name in actor.red_line:
            yield from _not_wider(f"{place}.red_line.{name}", actor.red_line[name], issue)


def _not_wider(place: str, width: Quantity, issue: Issue) -> Iterator[Fault]:
    span = issue.scale[1] - issue.scale[0]
    if 0 < span < width.support[1]:
        yield Fault(place, f"0 to {span:g} is allowed, the width of the issue's scale; found {_spread(width)}")


def _preconditions(key: str, actor: StateActor, sections: Sections) -> Iterator[Fault]:
    for name, condition in actor.preconditions.items():
        place = f"actors.{key}.preconditions.{name}"
        bounds = {"at_least": condition.at_least, "at_most": condition.at_most}
        yield from _exactly_one(place, bounds)
        issue = sections.issues.get(condition.issue)
        for word, bound in bounds.items():
            if bound is not None and issue is not None:
                yield from _on_scale(f"{place}.{word}", bound, issue)


def _exactly_one(place: str, alternatives: dict[str, Quantity | None]) -> Iterator[Fault]:
    given = " and ".join(word for word, value in alternatives.items() if value is not None)
    if given not in alternatives:
        yield Fault(place, f"one of {' and '.join(alternatives)} is allowed, found {given or 'neither'}")


def _shocks(sections: Sections) -> Iterator[Fault]:
    for key, shock in sections.shocks.items():
        if isinstance(shock, AnyShock):
            for number, change in enumerate(shock.changes):
                place = f"shocks.{key}.changes[{number}]"
                yield from _exactly_one(place, {"multiply": change.multiply, "add": change.add})
        if isinstance(shock, TriggeredShock):
            yield from _exactly_one(f"shocks.{key}", {"below": shock.below, "above": shock.above})
        if isinstance(shock, StrikeCampaign):
            target = sections.belligerents.get(shock.target)
            if target is not None and target.grid is None:
                sentence = f"a belligerent with a grid is allowed, and actors.{shock.target}.grid is missing"
                yield Fault(f"shocks.{key}.target", sentence)


def _ladder(sections: Sections) -> Iterator[Fault]:
    if sections.ladder is not None and not sections.ladder.rungs:
        yield Fault("ladder.rungs", "at least one rung is allowed, found none; leave the ladder out instead")


def _need_of_states(sections: Sections) -> Iterator[Fault]:
    if sections.tree.get("states"):
        return
    for name in ("ties", "texts"):
        if sections.tree.get(name):
            yield Fault(name, "allowed beside a section states, and there is none")
    for key in sections.blocs:
        yield Fault(f"actors.{key}.members", "a bloc is allowed beside a section states, and there is none")


def _fixed_numbers(sections: Sections) -> Iterator[Fault]:
    numbers = {f"ties.{key}.weight": layer.weight for key, layer in sections.ties.items()}
    if sections.influence is not None:
        numbers["influence.susceptibility"] = sections.influence.susceptibility
        numbers["influence.belligerents"] = sections.influence.belligerents
    for place, quantity in numbers.items():
        if not quantity.fixed:
            yield Fault(place, f"one fixed number is allowed, found {_spread(quantity)}")


def _procedure(sections: Sections) -> Iterator[Fault]:
    yield from faults_of_procedure(sections)
    yield from faults_of_layers(sections)
    yield from faults_of_interactions(sections)


RULES: tuple[Callable[[Sections], Iterator[Fault]], ...] = (
    _calendar,
    _days,
    _days_of_the_year,
    _scales,
    _wartime,
    _front,
    _sides,
    _belligerents,
    _veto_players,
    _preferences,
    _shocks,
    _ladder,
    _need_of_states,
    _fixed_numbers,
    _procedure,
)
"""Every rule, in the order in which its faults are told."""
