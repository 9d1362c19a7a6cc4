"""Overrides: what a variant, a scenario that extends another, or ``--set`` changes in a tree.

A mapping is laid over a mapping key by key, anything else takes the place of what was there, and null takes
an entry away.  A number with its distribution is one thing and is replaced as a whole.  Trees are never
changed in place.  Whether the outcome is a scenario is checked elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.scenario.faults import Fault, InputFault, hint, shortened
from sim.scenario.quantity import FAMILIES
from sim.scenario.yaml_door import Tree, read_value


def laid_over(base: Tree, change: Mapping[str, Any], place: str, faults: list[Fault]) -> Tree:
    """Copy of a tree with the entries of another laid over it, key by key and in its order.

    Parameters
    ----------
    base : dict
        The tree below; it stays as it is.
    change : mapping
        What is laid over it; null takes an entry away.
    place : str
        Path of `change`, for the faults.
    faults : list of Fault
        Receives a fault for every entry that was to be taken away and is not there.

    >>> laid_over({"a": {"b": 1, "c": 2}}, {"a": {"c": None}, "d": 3}, "", [])
    {'a': {'b': 1}, 'd': 3}
    """
    tree = dict(base)
    for key, value in change.items():
        here = f"{place}.{key}" if place else key
        if value is None and tree.pop(key, None) is None:
            faults.append(Fault(here, f"null takes an entry away, and there is none{hint(key, base)}"))
        elif value is not None:
            tree[key] = _laid(tree.get(key), value, here, faults)
    return tree


def _laid(below: Any, above: Any, place: str, faults: list[Fault]) -> Any:
    if not isinstance(above, dict) or (is_quantity(above) and (below is None or _number_like(below))):
        return above
    return laid_over(below if isinstance(below, dict) else {}, above, place, faults)


def _number_like(written: Any) -> bool:
    return not isinstance(written, dict) or is_quantity(written)


def is_quantity(written: Any) -> bool:
    """Whether a mapping is one number: a family with its arguments, or a value, with or without source.

    >>> is_quantity({"uniform": (0, 1), "source": "assumed"}), is_quantity({"uniform": {"kind": "state"}})
    (True, False)
    """
    if not isinstance(written, dict) or len(written) > 2 or not set(written) <= {*FAMILIES, "value", "source"}:
        return False
    drawn = any(isinstance(written.get(family), tuple | list) for family in FAMILIES)
    return drawn or isinstance(written.get("value"), int | float | str)


def with_variants(tree: Tree, names: Sequence[str], faults: list[Fault]) -> Tree:
    """Tree with variants laid over it in the written order.

    Parameters
    ----------
    tree : dict
        A file with its section `variants`.
    names : sequence of str
        What is laid over it; each once.
    faults : list of Fault
        Receives a fault for each name that is unknown or doubled, and for what a variant cannot take away.
    """
    written = tree.get("variants")
    known = written if isinstance(written, dict) else {}
    for number, name in enumerate(names):
        place = f"variant {name}"
        if name not in known:
            faults.append(Fault(place, f"no such variant{hint(name, known, plural='variants are')}"))
        elif name in names[:number]:
            faults.append(Fault(place, "named twice; once is allowed"))
        else:
            tree = with_variant(tree, name, known[name], faults)
    return tree


def with_variant(tree: Tree, name: str, change: Any, faults: list[Fault]) -> Tree:
    """Tree with one variant laid over it, which may not speak of variants or of what is extended."""
    place = f"variants.{name}"
    if not isinstance(change, dict):
        faults.append(Fault(place, "a variant is a mapping of what it changes"))
        return tree
    inner = [key for key in ("variants", "extends", "tables") if key in change]
    faults.extend(Fault(f"{place}.{key}", "no variant can change this") for key in inner)
    return tree if inner else laid_over(tree, change, place, faults)


def with_settings(tree: Tree, full: Mapping[str, Any], settings: Sequence[str], faults: list[Fault]) -> Tree:
    """Tree with settings ``path.to.key=VALUE`` laid over it in the written order.

    Parameters
    ----------
    tree : dict
        The scenario as it is written.
    full : mapping
        The same with every default, against which the path is checked.
    settings : sequence of str
        A path of keys, an equals sign, and a value as YAML; null takes the entry away.
    faults : list of Fault
        Receives a fault for every setting that has no value or whose path leads nowhere.
    """
    for setting in settings:
        path, equals, text = setting.partition("=")
        keys = [key.strip() for key in path.split(".")]
        place = f"--set {shortened('.'.join(keys))}"
        lost = _lost(keys, full) if equals else "path.to.key=VALUE is allowed, found no equals sign"
        found = [Fault(place, lost)] if lost else []
        try:
            tree = tree if lost else laid_over(tree, _nested(keys, read_value(text, place)), "", found)
        except InputFault as error:
            found.extend(error.faults)
        faults.extend(Fault(place, fault.sentence) for fault in found)
    return tree


def _lost(keys: Sequence[str], full: Mapping[str, Any]) -> str | None:
    """What is wrong with a path; nothing if every key but the last leads to a mapping."""
    if keys[0] in ("variants", "extends", "tables") or "" in keys:
        return "this cannot be set"
    here: Any = full
    for depth, key in enumerate(keys):
        if not isinstance(here, dict) or is_quantity(here):
            return None
        if key not in here and (depth < len(keys) - 1 or depth == 0):
            return f"no such key {shortened(key)}{hint(key, here)}"
        here = here.get(key)
    return None


def _nested(keys: Sequence[str], value: Any) -> Tree:
    for key in reversed(keys):
        value = {key: value}
    return dict(value)
