"""Reading a scenario: from a folder to one frozen record, with every fault told at once.

The order is always the same: the file over what it extends, then variants in the written order, then
settings.  Every variant of a file is checked whenever the file is read, so that a fault in one does not wait
for its use.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from sim.scenario.checking import Checked, check, check_variant, check_variants
from sim.scenario.extending import Written, read_written
from sim.scenario.faults import Fault, InputFault
from sim.scenario.overrides import with_settings, with_variants
from sim.scenario.remainder import remainder
from sim.scenario.table_files import Shelf
from sim.scenario.vocabulary import Scenario
from sim.scenario.writing import tree_of
from sim.scenario.yaml_door import Tree


def load(path: str | Path, *, variants: Sequence[str] = (), overrides: Sequence[str] = ()) -> Scenario:
    """Scenario that is written in a folder, or in a file.

    Parameters
    ----------
    path : str or Path
        Folder that holds a ``scenario.yaml``, or a file.
    variants : sequence of str
        Names of variants of the file, laid over it in this order.
    overrides : sequence of str
        Settings ``path.to.key=VALUE``, laid over that in this order; null takes an entry away.

    Returns
    -------
    The scenario with its tables.  Under variants it has no variants of its own any more; under overrides it
    keeps those that can still be laid over it.

    Raises
    ------
    InputFault
        With every fault of the file, its tables, its variants, and what was asked for.
    """
    written = read_written(Path(path))
    shelf = Shelf(written.folders)
    base = check(written.tree, shelf)
    faults = [*base.faults, *check_variants(written.tree, shelf, base.faults)]
    return _resolved(written, shelf, base, faults, variants, overrides)


def remains(path: str | Path) -> Scenario | None:
    """What a faulty file still says, for further checks and never to be played; None where that is too little."""
    written = read_written(Path(path))
    return remainder(written.tree, Shelf(written.folders))


def vary(scenario: Scenario, *, variants: Sequence[str] = (), overrides: Sequence[str] = ()) -> Scenario:
    """Scenario that was read before, with its own variants and with settings laid over it.

    It is the same as reading the file again with these; tables come from memory.

    Raises
    ------
    InputFault
        As `load` does.
    """
    shelf = Shelf(texts=dict(scenario.tables.texts))
    written = Written(tree_of(scenario), (), scenario.name)
    return _resolved(written, shelf, Checked(scenario, ()), [], variants, overrides)


def every_variant(scenario: Scenario) -> Iterator[tuple[str, Scenario]]:
    """Names of the variants of a scenario that was read, and the scenario under each."""
    shelf, tree = Shelf(texts=dict(scenario.tables.texts)), tree_of(scenario)
    base = Checked(scenario, ())
    for name in scenario.variants:
        yield name, _resolved(Written(tree, (), scenario.name), shelf, base, [], [name], [])


def _resolved(
    written: Written,
    shelf: Shelf,
    base: Checked,
    faults: list[Fault],
    variants: Sequence[str],
    overrides: Sequence[str],
) -> Scenario:
    """What was checked, with variants and settings laid over it; `faults` are those found before."""
    tree = with_variants(written.tree, variants, faults)
    checked = check(tree, shelf) if variants and not faults else base
    faults.extend(fault for fault in checked.faults if fault not in faults)
    if checked.scenario is not None and overrides:
        tree = with_settings(tree, checked.scenario.model_dump(), overrides, faults)
        checked = _with_fitting_variants(tree, shelf, faults)
    if checked.scenario is None or faults:
        raise InputFault(written.file, [*faults, *checked.faults])
    return checked.scenario.model_copy(update={"variants": {}}) if variants else checked.scenario


def _with_fitting_variants(tree: Tree, shelf: Shelf, faults: list[Fault]) -> Checked:
    """Check of a tree under settings, which may take away what a variant speaks of."""
    if faults:
        return Checked(None, check({**tree, "variants": {}}, shelf).faults)
    variants = tree.get("variants", {})
    fitting = {name: variants[name] for name in variants if not check_variant(tree, shelf, name, variants[name])}
    return check({**tree, "variants": fitting}, shelf)
