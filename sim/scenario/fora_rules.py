"""What texts, blocs and the Council must be to one another and to the table of states.

Each rule reads sections that are in order by themselves and yields faults.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from sim.scenario.faults import Fault, hint, listed, nearest, shown
from sim.scenario.sections import Sections
from sim.scenario.tables import StateRows
from sim.scenario.vocabulary.actors import BlocActor
from sim.scenario.vocabulary.fora import Text

VOTES_NEEDED = 9
"""Votes in favour without which the Security Council decides nothing."""


def faults_of_procedure(sections: Sections) -> Iterator[Fault]:
    """Faults of texts and what is moved on them, and of what one text says of another."""
    for key, text in sections.texts.items():
        place = f"texts.{key}"
        yield from _names_of_questions(place, text)
        yield from _motions(place, text)
        yield from _exclusions(place, text)
        if not text.other_paragraphs and not any(one.operative for one in text.paragraphs.values()):
            yield Fault(f"{place}.other_paragraphs", "false is allowed beside operative paragraphs, found none")
        if text.follows is not None:
            yield from _follows(place, text, sections)
        elif text.inherits.arguments != (0.0,):
            yield Fault(f"{place}.inherits", "allowed beside follows, and there is none")


def _names_of_questions(place: str, text: Text) -> Iterator[Fault]:
    names = Counter([*text.motions, *text.amendments, *text.paragraphs])
    for name in [name for name, number in names.items() if number > 1]:
        yield Fault(place, f"a name for one question is allowed, and {shown(name)} stands for {names[name]}")


def _motions(place: str, text: Text) -> Iterator[Fault]:
    kinds = Counter(motion.kind for motion in text.motions.values())
    for kind in [kind for kind, number in kinds.items() if number > 1]:
        yield Fault(f"{place}.motions", f"one motion of each kind is allowed, found {kinds[kind]} of kind {kind}")
    if kinds["division"] and not text.paragraphs:
        yield Fault(f"{place}.paragraphs", "a motion for division needs paragraphs to be voted on separately")


def _exclusions(place: str, text: Text) -> Iterator[Fault]:
    for name, amendment in text.amendments.items():
        for number, other in enumerate(amendment.excludes):
            if other not in text.amendments or other == name:
                known = [one for one in text.amendments if one != name]
                sentence = f"{shown(other)} is not another amendment{hint(other, known, plural='amendments are')}"
                yield Fault(f"{place}.amendments.{name}.excludes[{number}]", sentence)


def _follows(place: str, text: Text, sections: Sections) -> Iterator[Fault]:
    earlier = [key for key, one in sections.texts.items() if one.forum == "assembly" and one.date < text.date]
    if text.forum != "assembly":
        yield Fault(f"{place}.follows", "a text of the Assembly is allowed to follow another, found one of the council")
    elif text.follows not in earlier:
        sentence = f"{shown(text.follows)} is not an earlier text of the Assembly"
        yield Fault(f"{place}.follows", sentence + hint(str(text.follows), earlier, plural="earlier texts are"))


def faults_of_layers(sections: Sections) -> Iterator[Fault]:
    """A fault for every layer of ties that comes from nowhere or from two places."""
    for key, layer in sections.ties.items():
        if (layer.file is None) == (layer.generator is None):
            found = "neither" if layer.file is None else "both"
            yield Fault(f"ties.{key}", f"one of file and generator is allowed, found {found}")
    peers = sections.sanctions.peers if sections.sanctions else None
    if peers is not None and peers not in sections.ties:
        sentence = f"{shown(peers)} is not a layer of ties{hint(peers, list(sections.ties), plural='layers are')}"
        yield Fault("sanctions.peers", sentence)


def faults_of_fora(sections: Sections, states: StateRows) -> Iterator[Fault]:
    """Faults of texts, blocs and the Council against the table of states."""
    for key, text in sections.texts.items():
        for number, code in enumerate(text.sponsors):
            if code not in states.iso3:
                near = nearest(code, states.iso3)
                guess = f"; did you mean {near}?" if near else ""
                yield Fault(f"texts.{key}.sponsors[{number}]", f"{shown(code)} is not in the table of states{guess}")
        if text.habit is not None and text.habit not in states.columns:
            known = listed(list(states.columns))
            sentence = f"a column of numbers of the table of states is allowed ({known}), found {text.habit}"
            yield Fault(f"texts.{key}.habit", sentence)
    yield from _seats(sections, states)
    for key, layer in sections.ties.items():
        if layer.generator is not None and layer.generator.neighbours >= len(states.iso3):
            allowed = f"2 to {len(states.iso3) - 1} is allowed, with {len(states.iso3)} states"
            yield Fault(f"ties.{key}.generator.neighbours", f"{allowed}, found {layer.generator.neighbours}")
    for key, bloc in sections.blocs.items():
        if states.members(bloc.members).any():
            yield from _decisions(key, bloc, states)


def _seats(sections: Sections, states: StateRows) -> Iterator[Fault]:
    texts = [key for key, text in sections.texts.items() if text.forum == "council"]
    columns = {f" in {year}": column for year, column in states.seats.items()} or {"": states.council}
    short = {when: sum(seat != "" for seat in column) for when, column in columns.items()}
    when, number = min(short.items(), key=lambda item: item[1])
    if texts and number < VOTES_NEEDED:
        sentence = f"{VOTES_NEEDED} votes are needed, and only {number} states of the table have a seat{when}"
        yield Fault(f"texts.{texts[0]}.forum", sentence)


def _decisions(key: str, bloc: BlocActor, states: StateRows) -> Iterator[Fault]:
    members = states.members(bloc.members)
    codes = [code for code, member in zip(states.iso3, members, strict=True) if member]
    if bloc.decision_rule == "leader" and bloc.leader not in codes:
        found = "nothing" if bloc.leader is None else shown(bloc.leader)
        yield Fault(f"actors.{key}.leader", f"a member of {bloc.members} is allowed, found {found}")
    if bloc.blocking_minority > len(codes):
        sentence = f"0 to {len(codes)} is allowed, the members of {bloc.members}, found {bloc.blocking_minority}"
        yield Fault(f"actors.{key}.blocking_minority", sentence)
    if bloc.weights is None:
        return
    place = f"actors.{key}.weights"
    if bloc.weights not in states.columns:
        known = listed(list(states.columns))
        yield Fault(place, f"a column of numbers of the table of states is allowed ({known}), found {bloc.weights}")
        return
    weights = np.compress(members, states.columns[bloc.weights])
    if (weights < 0).any():
        worst = codes[int(np.argmin(weights))]
        sentence = f"0 or more is allowed in column {bloc.weights}, found {weights.min():g} for {worst}"
        yield Fault(place, sentence)
    elif not weights.sum() > 0:
        yield Fault(place, "a quota of nothing can never be met: the weights of all members are 0")
