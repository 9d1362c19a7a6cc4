"""A scenario meets the registered rules: names that the world does not know are faults like any other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from sim.scenario import reading
from sim.scenario.faults import Fault, InputFault, hint
from sim.scenario.vocabulary import Scenario
from sim.scenario.vocabulary.actors import StateActor
from sim.scenario.vocabulary.shocks import StrikeCampaign, TriggeredShock
from sim.world.decisions import DECISIONS
from sim.world.generators import GENERATORS
from sim.world.phases.agreements import ENDINGS
from sim.world.phases.shocks import LEVELS, STOCKS
from sim.world.protocols import NEEDS, PROTOCOLS
from sim.world.quantities import WATCHED

OF_A_BELLIGERENT = (
    "air_defence", "economy", "replacement", "grid", "tolerance", "forces", "trust", "fatigue", "deficit",
    "red_line",
)  # fmt: skip
OF_HELP, OF_SITE = ("funding", "need"), ("site", "presence")


def load(path: str | Path, *, variants: Sequence[str] = (), overrides: Sequence[str] = ()) -> Scenario:
    """Scenario that is written in a folder or file, read and bound to the rules that would play it.

    Parameters and faults as in `sim.scenario.load`; names of rules, targets and protocols are checked too, in
    the scenario and in each of its variants.  A variant that only settings keep from being played is left out.

    Raises
    ------
    InputFault
        With every fault.
    """
    try:
        scenario = reading.load(path, variants=variants, overrides=overrides)
    except InputFault as fault:
        raise InputFault(fault.file, [*fault.faults, *_beside(fault, path)]) from None
    found, misfits = [*faults(scenario)], _misfits(scenario)
    if misfits and overrides:
        written = _misfits(reading.load(path))
        left = {name: change for name, change in scenario.variants.items() if name not in misfits or name in written}
        scenario, misfits = scenario.model_copy(update={"variants": left}), written
    found += [Fault(f"variants.{name}: {fault.place}", fault.sentence) for name in misfits for fault in misfits[name]]
    if found:
        raise InputFault(str(path), found)
    return scenario


def _misfits(scenario: Scenario) -> dict[str, list[Fault]]:
    """Variants that name what no rule knows, where the scenario without them does not."""
    base = [*faults(scenario)]
    new = {name: [one for one in faults(varied) if one not in base] for name, varied in reading.every_variant(scenario)}
    return {name: own for name, own in new.items() if own}


def _beside(fault: InputFault, path: str | Path) -> list[Fault]:
    """Unknown names in what a faulty file still says, so that all faults are told at once."""
    try:
        rest = reading.remains(path)
    except InputFault:
        return []
    told = {one.place for one in fault.faults}
    return [one for one in faults(rest) if one.place not in told] if rest else []


def bound(scenario: Scenario) -> Scenario:
    """The scenario itself, if every name in it is known to a rule.

    Raises
    ------
    InputFault
        With every name that is not.
    """
    found = faults(scenario)
    if found:
        raise InputFault(scenario.name, found)
    return scenario


def faults(scenario: Scenario) -> list[Fault]:
    """Names in a scenario that no registered rule knows."""
    return [*_rules(scenario), *_decisions(scenario), *_generators(scenario), *_targets(scenario)]


def _rules(scenario: Scenario) -> Iterator[Fault]:
    for key in ("name", "direct"):
        name = getattr(scenario.protocol, key)
        if name not in PROTOCOLS:
            yield Fault(f"protocol.{key}", f'no such protocol "{name}"{hint(name, sorted(PROTOCOLS))}')
        elif name in NEEDS:
            yield from NEEDS[name](scenario, f"protocol.{key}")
    rule = scenario.agreements.rule
    if rule not in ENDINGS:
        yield Fault("agreements.rule", f'no such rule "{rule}"{hint(rule, sorted(ENDINGS))}')


def _decisions(scenario: Scenario) -> Iterator[Fault]:
    for key, bloc in scenario.blocs.items():
        if bloc.decision_rule not in DECISIONS:
            place = f"actors.{key}.decision_rule"
            yield Fault(place, f'no such rule "{bloc.decision_rule}"{hint(bloc.decision_rule, sorted(DECISIONS))}')


def _generators(scenario: Scenario) -> Iterator[Fault]:
    for key, layer in scenario.ties.items():
        if layer.generator is not None and layer.generator.kind not in GENERATORS:
            kind = layer.generator.kind
            yield Fault(f"ties.{key}.generator.kind", f'no such generator "{kind}"{hint(kind, sorted(GENERATORS))}')


def _targets(scenario: Scenario) -> Iterator[Fault]:
    for key, shock in scenario.shocks.items():
        if isinstance(shock, TriggeredShock):
            yield from _target(scenario, f"shocks.{key}.watch", shock.watch, WATCHED)
        if not isinstance(shock, StrikeCampaign):
            for place, change in enumerate(shock.changes):
                yield from _target(scenario, f"shocks.{key}.changes[{place}].target", change.target, (*STOCKS, *LEVELS))


def _target(scenario: Scenario, place: str, target: str, kinds: Sequence[str]) -> Iterator[Fault]:
    kind, _, name = target.partition(".")
    if kind not in kinds:
        yield Fault(place, f'no such quantity "{kind}"{hint(kind, sorted(kinds))}')
        return
    known = set(scenario.belligerents) if kinds is WATCHED and kind == "aid" else _names(scenario, kind)
    if known is None and name:
        yield Fault(place, f'{kind} stands alone, found "{target}"')
    elif known is not None and name not in known:
        yield Fault(place, f'no such {kind} "{name}"{hint(name, sorted(known))}')
    missing = _missing_section(scenario, kind)
    if missing:
        yield Fault(place, f"{kind} needs a section {missing}; there is none")


def _names(scenario: Scenario, kind: str) -> set[str] | None:
    """Names that a kind of quantity can take after the dot; None where it stands alone."""
    if kind in OF_A_BELLIGERENT:
        return set(scenario.belligerents)
    donors = {donor for rows in scenario.tables.donors.values() for donor in rows.donor}
    states = scenario.tables.states
    by_kind = {
        "aid": {"all", *donors},
        "incentive": set(scenario.incentives),
        "leverage": set(scenario.mediators),
        "engagement": set(scenario.mediators),
        "sanctions": {"all"},
        "strikes": {key for key, shock in scenario.shocks.items() if isinstance(shock, StrikeCampaign)},
        "stance": {"all", *(states.iso3 if states else ())},
        "hardness": {f"{side}.{body}" for side in scenario.belligerents for body in _bodies(scenario, side)},
    }
    return by_kind.get(kind)


def _bodies(scenario: Scenario, side: str) -> tuple[str, ...]:
    """Names of the bodies that ratify for a belligerent."""
    actor = scenario.actors[side]
    return tuple(actor.home.ratifiers) if isinstance(actor, StateActor) else ()


def _missing_section(scenario: Scenario, kind: str) -> str | None:
    if kind in OF_HELP and scenario.humanitarian is None:
        return "humanitarian"
    if kind in OF_SITE and scenario.nuclear_site is None:
        return "nuclear_site"
    return "sanctions" if kind == "sanctions" and scenario.sanctions is None else None
