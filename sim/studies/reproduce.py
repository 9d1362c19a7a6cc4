"""Playing a result again from its own folder, and telling table by table whether every number is the same."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sim.experiment.execution import run
from sim.experiment.sweep import sweep
from sim.record.folder import MANIFEST, FolderFault
from sim.record.manifest import Manifest, git_state, machine, sha256, sha256_of_code, versions
from sim.record.result import ENSEMBLE, Result, parquet
from sim.record.study import Study
from sim.record.sweep import SWEEP, TABLES, SweepResult
from sim.studies.again import comparison_again, explained_again
from sim.studies.search.again import search_again

Progress = Callable[[int], object]


@dataclass(frozen=True)
class Table:
    """One table of a result against the one that was played again.

    Parameters
    ----------
    name : str
    rows : int
    difference : str
        What is not the same, in words; empty where every number is.
    """

    name: str
    rows: int
    difference: str = ""

    @property
    def same(self) -> bool:
        """Whether every number is the same."""
        return not self.difference

    def __str__(self) -> str:
        return f"{self.name}: {'the same' if self.same else self.difference} ({self.rows:,} rows)"


@dataclass(frozen=True)
class Reproduction:
    """A result that was played again.

    Parameters
    ----------
    tables : tuple of Table
    changes : tuple of str
        What differs between the versions and machines of then and now, one sentence each.
    """

    tables: tuple[Table, ...]
    changes: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether every number of every table is the same."""
        return all(table.same for table in self.tables)

    def __str__(self) -> str:
        told = [str(table) for table in self.tables]
        if self.same:
            return "\n".join([*told, "Every number is the same."])
        since = self.changes or ("nothing that the manifest tells of has changed since",)
        return "\n".join([*told, "Not every number is the same. Since then:", *(f"  {change}" for change in since)])


def reproduce(folder: str | Path, *, workers: int = 1, progress: Progress | None = None) -> Reproduction:
    """Plays again what the manifest of a result says, with the present version.

    Parameters
    ----------
    folder : str or Path
        Of any kind; what explains runs is made again of runs that are played again.
    workers : int, at least 1
    progress : callable, optional
        Called with the number of runs that were just finished.

    Raises
    ------
    FolderFault
        It is no result, one that was changed, one that lacks runs, or one of a kind that is not played.
    """
    made = read_manifest(folder)
    again = _AGAIN.get(str(made.get("kind")))
    if again is None:
        raise FolderFault(f"{folder} holds a result of a kind that cannot be played again: {made.get('kind')}")
    return Reproduction(tuple(again(Path(folder), workers, progress)), tuple(changes_since(made)))


def read_manifest(folder: str | Path) -> Manifest:
    """Manifest of any kind of result.

    Raises
    ------
    FolderFault
        There is none that can be read.
    """
    try:
        made: Manifest = json.loads((Path(folder) / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise FolderFault(f"{folder} holds no result: there is no {MANIFEST} in it") from None
    except (OSError, ValueError):
        raise FolderFault(f"{folder} holds no result that can be read: its {MANIFEST} is damaged") from None
    return made


def runs_of(made: Manifest) -> int:
    """How many runs are to be played again for a result, as far as that is known."""
    variants = len(made["asked"]["variants"]) if made.get("kind") == "comparison" else 1
    return int(made.get("runs") or variants * (made.get("replicates") or 0))


def _ensemble(folder: Path, workers: int, progress: Progress | None) -> Iterator[Table]:
    then = Result.load(folder)
    made = then.manifest
    if made["missing"]:
        raise FolderFault(f"{folder} lacks replicates {made['missing']}, so its tables cannot be played again")
    kept = then.trajectories is not None
    # The scenario of a result has its variants and settings in it already.
    now = run(then.scenario, made["replicates"], made["seed"], workers=workers, progress=progress, trajectories=kept)
    for name, table in then.tables.items():
        same = sha256(parquet(now.tables[name])) == made["files"][f"{name}.parquet"]
        yield Table(name, len(table), "" if same else difference(table, now.tables[name]))


def _sweep(folder: Path, workers: int, progress: Progress | None) -> Iterator[Table]:
    then = SweepResult.load(folder)
    now = sweep(then.experiment, then.scenario, workers=workers, progress=progress)
    for name in TABLES:
        file = f"{name}.parquet"
        old, new = getattr(then, name), getattr(now, name)
        same = then.manifest["files"][file] == now.manifest["files"][file]
        yield Table(name, len(old), "" if same else difference(old, new))


def _study(
    again: Callable[[Path, int, Progress | None], tuple[Study, Study]],
    folder: Path,
    workers: int,
    progress: Progress | None,
) -> Iterator[Table]:
    """Tables of a study that `again` makes once more."""
    then, now = again(folder, workers, progress)
    for name, table in then.tables.items():
        if name not in now.tables:
            yield Table(name, len(table), "there is no such table now")
            continue
        same = sha256(parquet(now[name])) == then.manifest["files"][f"{name}.parquet"]
        yield Table(name, len(table), "" if same else difference(table, now[name]))


_AGAIN: dict[str, Callable[[Path, int, Progress | None], Iterator[Table]]] = {
    ENSEMBLE: _ensemble, SWEEP: _sweep, "search": partial(_study, search_again),
    "comparison": partial(_study, comparison_again),
    **dict.fromkeys(("sensitivity", "discovery"), partial(_study, explained_again)),
}  # fmt: skip


def difference(then: pd.DataFrame, now: pd.DataFrame) -> str:
    """What two tables do not share, in words; empty where every number is the same.

    >>> difference(pd.DataFrame({"a": [1.0, 2.0]}), pd.DataFrame({"a": [1.0, 2.5]}))
    '1 of 2 numbers differ, first a in row 1: 2.0 then, 2.5 now; by 0.5 at most'
    """
    gone = [name for name in then.columns if name not in now.columns]
    new = [name for name in now.columns if name not in then.columns]
    if gone or new:
        parts = [f"{word} {', '.join(names[:5])}" for word, names in (("without", gone), ("with new", new)) if names]
        return f"other columns now, {' and '.join(parts)}"
    if len(then) != len(now):
        return f"{len(now):,} rows now"
    apart = {name: _apart(then[name], now[name]) for name in then.columns}
    count = sum(int(mask.sum()) for mask in apart.values())
    if not count:
        return ""
    column = next(name for name, mask in apart.items() if mask.any())
    row = int(np.argmax(apart[column]))
    most = max((_largest(then[name], now[name]) for name in apart if apart[name].any()), default=0.0)
    largest = f"; by {most:g} at most" if most > 0 else ""
    was, is_now = then[column].iloc[row], now[column].iloc[row]
    return f"{count:,} of {then.size:,} numbers differ, first {column} in row {row}: {was} then, {is_now} now{largest}"


def _apart(then: pd.Series[Any], now: pd.Series[Any]) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Rows in which two columns differ; what is missing in both is the same."""
    one, other = then.astype(object).to_numpy(), now.astype(object).to_numpy()
    missing = pd.isna(one) & pd.isna(other)
    either = pd.isna(one) | pd.isna(other)
    equal = np.array([not gone and a == b for a, b, gone in zip(one, other, either, strict=True)], dtype=bool)
    return np.asarray(~(equal | missing))


def _largest(then: pd.Series[Any], now: pd.Series[Any]) -> float:
    if not (pd.api.types.is_numeric_dtype(then) and pd.api.types.is_numeric_dtype(now)):
        return 0.0
    apart = (then.astype("Float64") - now.astype("Float64")).abs().dropna()
    return float(apart.max()) if len(apart) else 0.0


def changes_since(made: Manifest) -> Iterator[str]:
    """What differs between the versions, the code and the machine of a manifest and those of now."""
    yield from _differing(made.get("versions", {}), versions(), "")
    code: Mapping[str, Any] = made.get("code", {})
    if code.get("sha256") != sha256_of_code():
        commits = [(git or {}).get("commit") for git in (code.get("git"), git_state())]
        told = " then, ".join(commit[:12] if commit else "no commit known" for commit in commits)
        yield f"the code of Parley differs: {told} now"
    yield from _differing(made.get("machine", {}), machine(), "machine's ")


def _differing(then: Mapping[str, Any], now: Mapping[str, Any], whose: str) -> Iterator[str]:
    for name in {**then, **now}:
        if then.get(name) != now.get(name):
            yield f"{whose}{name}: {then.get(name, 'none')} then, {now.get(name, 'none')} now"
