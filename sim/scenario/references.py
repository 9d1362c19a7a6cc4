"""Names that point somewhere: every issue, actor, bloc and source that a file speaks of must be in the file.

Names are looked up in the file as it is written, so they are checked even where a section has other faults.
Names of rules, protocols and of what a shock can change are not known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from sim.scenario.faults import Fault, hint, listed, nearest, shown
from sim.scenario.sentences import place_of
from sim.scenario.yaml_door import Tree

REFERENCES = {
    "front.issue": "issue",
    "actors.*.ideal_point.#": "issue",
    "actors.*.salience.#": "issue",
    "actors.*.red_line.#": "issue",
    "actors.*.red_line_steepness_by_issue.#": "issue",
    "actors.*.curvature_by_issue.#": "issue",
    "actors.*.preconditions.*.issue": "issue",
    "actors.*.interactions.*.issue": "issue",
    "actors.*.interactions.*.other": "issue",
    "actors.*.mandate.*": "issue",
    "states.topics.*": "issue",
    "humanitarian.side": "belligerent",
    "nuclear_site.side": "belligerent",
    "incentives.*.party": "signer",
    "aid.*.recipient": "belligerent",
    "sanctions.target": "belligerent",
    "sanctions.bloc": "bloc",
    "shocks.*.target": "belligerent",
}
"""Places that name something, and what they name: ``*`` stands for every entry, ``#`` for every key."""

Path = tuple[str | int, ...]


def unknown_names(tree: Tree) -> list[Fault]:
    """A fault for every name that points at nothing in the file."""
    known = {"issue": _keys(tree, "issues"), "belligerent": _belligerents(tree), "bloc": _of_kind(tree, "bloc")}
    known["signer"] = known["belligerent"] + _of_kind(tree, "veto_player")
    faults = [
        Fault(place_of(path), _sentence(name, kind, known[kind], is_key=pattern.endswith("#")))
        for pattern, kind in REFERENCES.items()
        for path, name in _found(tree, tuple(pattern.split(".")), ())
        if isinstance(name, str) and name not in known[kind]
    ]
    return faults + unknown_sources(tree)


def unknown_sources(tree: Tree) -> list[Fault]:
    """A fault for every `source` that is neither assumed nor a key of `sources`, with or without a page."""
    known = _keys(tree, "sources")
    sections = {key: value for key, value in tree.items() if key not in ("sources", "variants")}
    return [
        Fault(place_of(path), f'no such source "{word}"; {_source_hint(word, known)}')
        for path, text in _sources(sections, ())
        for word in _unknown_parts(text, known)
    ]


def is_assumed(source: str) -> bool:
    """Whether a source says that nobody has measured the number.

    >>> is_assumed("assumed, from interviews"), is_assumed("Smith2019")
    (True, False)
    """
    return source.strip().casefold().startswith("assumed")


def _source_hint(word: str, known: Iterable[str]) -> str:
    near = nearest(word, [*known, "assumed"])
    return f"did you mean {near}?" if near else f"allowed are assumed, {listed(known)}"


def _unknown_parts(text: str, known: list[str]) -> Iterator[str]:
    for part in text.split(";") if text not in known else []:
        word = (re.split(r"[\s,:]", part.strip(), maxsplit=1) or [""])[0]
        if not is_assumed(part) and word not in known and part.strip() not in known:
            yield word


def _sentence(name: str, kind: str, known: list[str], *, is_key: bool) -> str:
    if is_key:
        return f"no such {kind}{hint(name, known, plural=f'{kind}s are')}"
    article = "an" if kind[0] in "aeiou" else "a"
    return f"{shown(name)} is not {article} {kind}{hint(name, known, plural=f'{kind}s are')}"


def _found(here: Any, pattern: tuple[str, ...], path: Path) -> Iterator[tuple[Path, Any]]:
    """Every path that fits a pattern, with what stands there."""
    if not pattern:
        yield path, here
        return
    head, rest = pattern[0], pattern[1:]
    if head == "#":
        yield from (((*path, key), key) for key in (here if isinstance(here, dict) else ()))
        return
    for key, value in _entries(here):
        if head in ("*", key):
            yield from _found(value, rest, (*path, key))


def _entries(here: Any) -> Iterable[tuple[str | int, Any]]:
    if isinstance(here, dict):
        return here.items()
    return enumerate(here) if isinstance(here, tuple | list) else ()


def _sources(here: Any, path: Path) -> Iterator[tuple[Path, str]]:
    for key, value in _entries(here):
        if key == "source" and isinstance(value, str):
            yield (*path, key), value
        yield from _sources(value, (*path, key))


def _keys(tree: Tree, section: str) -> list[str]:
    written = tree.get(section)
    return list(written) if isinstance(written, dict) else []


def _belligerents(tree: Tree) -> list[str]:
    actors = _entries(tree.get("actors"))
    return [str(key) for key, actor in actors if isinstance(actor, dict) and actor.get("side")]


def _of_kind(tree: Tree, kind: str) -> list[str]:
    actors = _entries(tree.get("actors"))
    return [str(key) for key, actor in actors if isinstance(actor, dict) and actor.get("kind") == kind]
