"""From pydantic's errors to the sentences of a fault: what was found, what is allowed, the nearest name.

Nothing is checked here; the vocabulary has found the errors.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from sim.scenario.faults import Fault, hint, listed, nearest, shortened, shown
from sim.scenario.vocabulary import Scenario

WHOLE = "file"
"""Place of a fault of the whole, which is told only where no section tells it better."""

_TAGGED = {"actors": 2, "shocks": 2, "design": 1}
"""Where pydantic puts the kind of an entry into the path of an error, by the section."""

_UNION = re.compile(r"^(function-|literal\[|\[key\]$|nullable|tuple\[)")
_KINDS = {
    "string_type": "a text",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "dict_type": "a mapping of keys to values",
    "model_type": "a mapping of keys to values",
    "model_attributes_type": "a mapping of keys to values",
    "tuple_type": "a list",
    "date_type": "a date as 2030-01-31",
    "date_from_datetime_parsing": "a date as 2030-01-31",
    "date_from_datetime_inexact": "a date as 2030-01-31",
}
_PATTERNS = {
    "a-z][a-z0-9_]{0,39}": "a name of small letters, figures and underscores (at most 40)",
    "a-z0-9][a-z0-9-]": "a name of small letters, figures and hyphens (at most 60)",
    "A-Z]{3}": "a code of three capital letters",
    "0[1-9]|1[0-2]": "a day of the year as 01-15",
    ".csv": "the path of a .csv file inside the scenario's folder",
    "a-z_]+(": "kind.name, as aid.donor or grid.north",
}


@dataclass(frozen=True)
class _File:
    """What was read, and the record that its whole was to be."""

    tree: Any
    root: type[BaseModel]


def faults_of(error: ValidationError, tree: Mapping[str, Any], root: type[BaseModel] = Scenario) -> list[Fault]:
    """Every error of a validation as a fault, in the order of the vocabulary, one a place.

    Parameters
    ----------
    error : ValidationError
        What validating `tree` as a `root` raised.
    tree : mapping
        What was read, so that a place can be named as its author wrote it.
    root : record
        What the whole file was to be.
    """
    faults: dict[str, Fault] = {}
    for details in error.errors(include_url=False):
        path = written_path(details["loc"], tree)
        path += ["kind"] if details["type"] in ("union_tag_invalid", "union_tag_not_found") else []
        fault = Fault(place_of(path) or WHOLE, _sentence(details, path, _File(tree, root)))
        # A number or one of two words: of the alternatives the last says what words are allowed.
        faults[fault.place] = fault
    return list(faults.values())


def place_of(path: Sequence[str | int]) -> str:
    """Path inside a file as it is printed.

    >>> place_of(["shocks", "raid", "changes", 0, "target"])
    'shocks.raid.changes[0].target'
    """
    parts = (f"[{part}]" if isinstance(part, int) else f".{shortened(part, 45)}" for part in path)
    return "".join(parts).removeprefix(".")


def written_path(loc: Sequence[str | int], tree: Any) -> list[str | int]:
    """Path of an error without the alternatives that pydantic puts between its keys."""
    path: list[str | int] = []
    for number, part in enumerate(loc):
        kind_of_named = number == _TAGGED.get(str(loc[0]))
        alternative = isinstance(part, str) and bool(_UNION.match(part)) and not _has(tree, path, part)
        if not kind_of_named and not alternative:
            path.append(part)
    return path


def _meaning(record: type[BaseModel] | None, key: str | int) -> str:
    """What the vocabulary says of a key, in brackets: in its own words or in those of its section."""
    field = record.model_fields.get(str(key)) if record else None
    sections = list(_records(field.annotation)) if field else []
    meaning = (field.description if field else None) or (sections[0].__doc__ if len(sections) == 1 else None)
    return f" ({meaning.splitlines()[0].rstrip('.')})" if meaning else ""


def _has(tree: Any, path: Sequence[str | int], part: str) -> bool:
    here = _at(tree, path)
    return isinstance(here, dict) and part in here


def _at(tree: Any, path: Sequence[str | int]) -> Any:
    for part in path:
        try:
            tree = tree[part]
        except (KeyError, IndexError, TypeError):
            return None
    return tree


def _sentence(details: ErrorDetails, path: Sequence[str | int], file: _File) -> str:
    kind, found, context = details["type"], details["input"], details.get("ctx", {})
    if kind in _KINDS:
        return f"{_KINDS[kind]} is allowed, found {shown(found)}"
    if kind in _SENTENCES:
        return _SENTENCES[kind](path, found, context, file)
    if kind in ("value_error", "assertion_error"):
        return str(context["error"])
    return f"{details['msg'][:1].lower()}{details['msg'][1:]}, found {shown(found)}"


def _extra(path: Sequence[str | int], _found: Any, _context: Mapping[str, Any], file: _File) -> str:
    known = _known_keys(path[:-1], file)
    near = nearest(path[-1], known)
    return f"no such key; did you mean {near}?" if near else f"no such key; allowed are {listed(known)}"


def _missing(path: Sequence[str | int], _found: Any, _context: Mapping[str, Any], file: _File) -> str:
    if isinstance(path[-1], int):
        return "missing; the list is too short"
    record = _record(path[:-1], file)
    written = [key for key in (_at(file.tree, path[:-1]) or {}) if record and key not in record.model_fields]
    near = nearest(path[-1], written)
    guess = f"; is {near} meant to be it?" if near else ""
    return f"missing{_meaning(record, path[-1])}{guess}"


def _literal(_path: Sequence[str | int], found: Any, context: Mapping[str, Any], _file: _File) -> str:
    allowed = str(context["expected"]).replace("'", "")
    names = re.split(r", | or ", allowed)
    near = nearest(found, names) if isinstance(found, str) else None
    return f"{allowed} is allowed, found {shown(found)}" + (f"; did you mean {near}?" if near else "")


def _tag_invalid(_path: Sequence[str | int], _found: Any, context: Mapping[str, Any], _file: _File) -> str:
    kinds = str(context["expected_tags"]).replace("'", "").split(", ")
    return f"no such kind {shown(context['tag'])}{hint(context['tag'], kinds)}"


def _tag_missing(path: Sequence[str | int], _found: Any, _context: Mapping[str, Any], file: _File) -> str:
    return f"missing; allowed are {listed(_kinds(str(path[0]), file.root))}"


def _pattern(_path: Sequence[str | int], found: Any, context: Mapping[str, Any], _file: _File) -> str:
    pattern = str(context["pattern"])
    meaning = next((words for part, words in _PATTERNS.items() if part in pattern), pattern)
    return f"{meaning} is allowed, found {shown(found)}"


def _at_least(_path: Sequence[str | int], found: Any, context: Mapping[str, Any], _file: _File) -> str:
    return f"{context['ge']} or more is allowed, found {shown(found)}"


def _at_most(_path: Sequence[str | int], found: Any, context: Mapping[str, Any], _file: _File) -> str:
    return f"{context['le']} or less is allowed, found {shown(found)}"


def _above(_path: Sequence[str | int], found: Any, context: Mapping[str, Any], _file: _File) -> str:
    return f"more than {context['gt']:g} is allowed, found {shown(found)}"


def _below_end(_path: Sequence[str | int], found: Any, context: Mapping[str, Any], _file: _File) -> str:
    return f"less than {context['lt']:g} is allowed, found {shown(found)}"


def _too_long(_path: Sequence[str | int], _found: Any, context: Mapping[str, Any], _file: _File) -> str:
    return f"a list of {context['max_length']} is allowed, found {context['actual_length']}"


def _too_short(_path: Sequence[str | int], _found: Any, _context: Mapping[str, Any], _file: _File) -> str:
    return "a text is allowed, found an empty one"


def _no_entry(_path: Sequence[str | int], _found: Any, context: Mapping[str, Any], _file: _File) -> str:
    return f"{context['min_length']} or more entries are allowed, found {context['actual_length']}"


_SENTENCES: dict[str, Callable[[Sequence[str | int], Any, Mapping[str, Any], _File], str]] = {
    "extra_forbidden": _extra,
    "missing": _missing,
    "literal_error": _literal,
    "union_tag_invalid": _tag_invalid,
    "union_tag_not_found": _tag_missing,
    "string_pattern_mismatch": _pattern,
    "greater_than_equal": _at_least,
    "less_than_equal": _at_most,
    "greater_than": _above,
    "less_than": _below_end,
    "too_long": _too_long,
    "too_short": _no_entry,
    "string_too_short": _too_short,
}


def _known_keys(path: Sequence[str | int], file: _File) -> list[str]:
    record = _record(path, file)
    keys = list(record.model_fields) if record else []
    own = [key for key in keys if record is not Scenario or key != "tables"]
    return [*own, "extends"] if record is Scenario else own


def _record(path: Sequence[str | int], file: _File) -> type[BaseModel] | None:
    """Record of the vocabulary that stands at a path; none where a mapping of names or a value stands."""
    annotation: Any = file.root
    here = file.tree
    for part in path:
        here = _at(here, [part])
        annotation = _one(_below(annotation, part), here)
    return annotation if isinstance(annotation, type) and issubclass(annotation, BaseModel) else None


def _below(annotation: Any, part: str | int) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        field = annotation.model_fields.get(str(part))
        return field.annotation if field else None
    arguments = get_args(annotation)
    return arguments[-1 if not isinstance(part, int) else 0] if arguments else None


def _one(annotation: Any, here: Any) -> Any:
    """Of the records of a union the one that the written kind names; a mapping type as it is."""
    if getattr(annotation, "__origin__", None) is dict:
        return annotation
    records = list(_records(annotation))
    kind = here.get("kind") if isinstance(here, dict) else None
    named = [record for record in records if _kind(record) == kind]
    return (named or records or [annotation])[0]


def _records(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _records(argument)


def _kind(record: type[BaseModel]) -> str | None:
    field = record.model_fields.get("kind")
    return str(get_args(field.annotation)[0]) if field else None


def _kinds(section: str, root: type[BaseModel]) -> list[str]:
    kinds = (_kind(record) for record in _records(root.model_fields[section].annotation))
    return [kind for kind in kinds if kind]
