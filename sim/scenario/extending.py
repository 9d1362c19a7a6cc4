"""Building on another scenario: `extends` names a neighbour, and the file is laid over what it extends.

A neighbour is another file of the same folder or a folder beside it; nothing farther away can be named.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sim.scenario.faults import Fault, InputFault, nearest, shown
from sim.scenario.overrides import laid_over
from sim.scenario.yaml_door import MOST_BYTES, Tree, read_mapping

MOST_GENERATIONS = 5
SCENARIO_FILE = "scenario.yaml"
_ALLOWED = "../name of a folder, or the name of a file beside this one,"


@dataclass(frozen=True)
class Written:
    """What stands on the disk: the tree of a file over all that it extends, and the folders of these files.

    Parameters
    ----------
    tree : dict
        Without `extends`.
    folders : tuple of Path
        Where tables are looked for, the file's own folder first.
    file : str
        Name of the file in the report.
    """

    tree: Tree
    folders: tuple[Path, ...]
    file: str


def read_written(path: Path) -> Written:
    """File of a scenario with everything that it extends.

    Raises
    ------
    InputFault
        Where a file of the chain cannot be read, is no YAML, or extends what it may not.
    """
    return _read(path / SCENARIO_FILE if path.is_dir() else path, ())


def _read(file: Path, younger: tuple[Path, ...]) -> Written:
    tree = read_mapping(read_bytes(file), str(file))
    own = file.parent.resolve()
    extends = tree.pop("extends", None)
    if extends is None:
        return Written(tree, (own,), str(file))
    line = (*younger, file.resolve())
    base = _read(neighbour(file, extends, "extends", line), line)
    faults: list[Fault] = []
    # A name is one scenario's own: what extends another needs another name.
    inherited = {key: value for key, value in base.tree.items() if key not in ("name", "variants")}
    laid = laid_over(inherited, {key: tree[key] for key in tree if key != "variants"}, "", faults)
    if faults:
        raise InputFault(str(file), faults)
    folders = (own, *(folder for folder in base.folders if folder != own))
    return Written({**laid, **_variants(base.tree, tree)}, folders, str(file))


def _variants(base: Tree, tree: Tree) -> Tree:
    """The section of variants: those of both files, of two with one name the younger with its own nulls."""
    older, younger = base.get("variants", {}), tree.get("variants", {})
    if not isinstance(older, dict) or not isinstance(younger, dict):
        return {"variants": younger}
    both = {**older, **younger}
    return {"variants": {name: both[name] for name in both if both[name] is not None}} if both else {}


def read_bytes(file: Path) -> bytes:
    """A file as it lies on the disk, as far as one may be read.

    Raises
    ------
    InputFault
        There is none, or it cannot be read.
    """
    if file.is_dir():
        raise InputFault(str(file), [Fault("file", f"is a folder; name a file in it{_inside(file)}")])
    if not file.is_file():
        raise InputFault(str(file), [Fault("file", f"no such file{_sibling(file)}")])
    try:
        with file.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise InputFault(str(file), [Fault("file", f"cannot be read: {error.strerror}")]) from None


def _inside(folder: Path) -> str:
    """The files of a folder that could have been meant."""
    known = sorted(entry.name for entry in folder.iterdir() if entry.suffix == ".yaml")
    return f", as {', '.join(known)}" if known else ""


def _sibling(file: Path) -> str:
    """Nearest name beside a file or folder that is not there."""
    try:
        known = sorted(entry.name for entry in file.parent.iterdir() if entry.is_dir() or entry.suffix == ".yaml")
    except OSError:
        return ""
    near = nearest(file.name, known)
    return f"; did you mean {near}?" if near else ""


def neighbour(file: Path, named: object, key: str, line: tuple[Path, ...] = ()) -> Path:
    """File of a scenario that a key of a file names, if it may be named.

    Parameters
    ----------
    file : Path
    named : object
        What stands there: another file of the folder, or a folder beside it.
    key : str
        The key, for the fault.
    line : tuple of Path
        Files that may not be named, since they build on this one.

    Raises
    ------
    InputFault
        It is no such place, or nothing stands there.
    """
    sentence = _refusal(file, named, line)
    if sentence:
        raise InputFault(str(file), [Fault(key, sentence)])
    target = file.parent / str(named)
    return target / SCENARIO_FILE if target.is_dir() else target


def _refusal(file: Path, extends: object, line: tuple[Path, ...]) -> str | None:
    if not isinstance(extends, str) or "\0" in extends:
        return f"{_ALLOWED} is allowed, found {shown(extends)}"
    target = (file.parent / extends).resolve()
    found = target / SCENARIO_FILE if target.is_dir() else target
    parent = file.parent.resolve().parent
    if Path(extends).is_absolute() or not found.is_relative_to(parent) or len(found.relative_to(parent).parts) > 2:
        return f"{_ALLOWED} is allowed, found {shown(extends)}"
    if not found.is_file():
        return f"no such scenario {shown(extends)}{_sibling(file.parent / extends)}"
    if found in line:
        return f"{shown(extends)} extends this file again; a circle is not allowed"
    too_deep = len(line) > MOST_GENERATIONS
    return f"at most {MOST_GENERATIONS} files below one another are allowed" if too_deep else None
