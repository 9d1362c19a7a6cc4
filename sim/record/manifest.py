"""The manifest of a result: all that it takes to make the same numbers again, and to see that they are.

Times and the machine stand here and nowhere else, so that tables of the same scenario, seed and versions are
the same bytes.  Paths of a machine stand nowhere.
"""

from __future__ import annotations

import datetime
import hashlib
import platform
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np

from sim.record.version import VERSION
from sim.scenario.vocabulary import Scenario
from sim.scenario.writing import dump

FORMAT = 1
"""Number of the layout of results; it rises when an older reader would misread a newer folder."""

LIBRARIES = ("numpy", "scipy", "networkx", "pandas", "pyarrow", "pydantic", "ruamel.yaml", "mesa")
"""What can move a number, or the bytes of a table."""

PACKAGE = Path(__file__).resolve().parents[1]

SHOWING = ("cli", "figures")
"""Rooms that show numbers and make none."""

Manifest = dict[str, Any]


@dataclass(frozen=True)
class Request:
    """What was asked for: the part of a manifest that decides every number.

    Parameters
    ----------
    scenario : Scenario
        As it was played, with variants and settings laid over it.
    seed : int
    replicates : int
        How many, from number 0 on.
    variants, overrides : sequence of str
        What was laid over the scenario, in this order.
    missing : sequence of (first, last) int
        Replicates that could not be played.
    """

    scenario: Scenario
    seed: int
    replicates: int
    variants: Sequence[str] = ()
    overrides: Sequence[str] = ()
    missing: Sequence[tuple[int, int]] = ()


def manifest(request: Request, started: datetime.datetime, seconds: float) -> Manifest:
    """Manifest of a result that was just played; hashes of its files are added when they are written.

    Parameters
    ----------
    request : Request
    started : datetime
        In UTC.
    seconds : float
        Wall time.
    """
    asked = {
        "variants": list(request.variants),
        "overrides": list(request.overrides),
        "seed": request.seed,
        "replicates": request.replicates,
        "missing": [list(pair) for pair in request.missing],
    }
    return manifest_of("ensemble", request.scenario, asked, started, seconds)


def manifest_of(
    kind: str, scenario: Scenario, asked: Mapping[str, Any], started: datetime.datetime, seconds: float
) -> Manifest:
    """Manifest of any kind of result.

    Parameters
    ----------
    kind : str
        What was done: ``ensemble``, ``sweep``.
    scenario : Scenario
    asked : mapping
        What else decides the numbers.
    started : datetime
        In UTC.
    seconds : float
        Wall time.
    """
    text = dump(scenario)
    ended = started + datetime.timedelta(seconds=seconds)
    return {
        "format": FORMAT,
        "kind": kind,
        "scenario": {"name": scenario.name, "sha256": sha256(text.encode()), "text": text},
        "tables": {name: sha256(table.encode()) for name, table in sorted(scenario.tables.texts.items())},
        **asked,
        "versions": versions(),
        "code": {"sha256": sha256_of_code(), "git": git_state()},
        "machine": machine(),
        "started": started.isoformat(timespec="seconds"),
        "ended": ended.isoformat(timespec="seconds"),
        "seconds": round(seconds, 3),
    }


def sha256(data: bytes) -> str:
    """Hash of some bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def sha256_of_file(file: Path) -> str:
    """Hash of a file, read piece by piece."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def versions() -> dict[str, str]:
    """Versions of Parley, of Python and of the libraries that can move a number."""
    found = {"parley": VERSION, "python": platform.python_version()}
    for library in LIBRARIES:
        try:
            found[library] = version(library)
        except PackageNotFoundError:
            continue
    return found


def machine() -> dict[str, Any]:
    """The type of this machine, as far as the last place of a number can depend on it."""
    return {
        "system": platform.system(),
        "architecture": platform.machine(),
        "python": sys.implementation.name,
        "cpu": _cpu(),
        "vector_units": _vector_units(),
    }


@cache
def _cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return platform.processor() or "unknown"
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or "unknown")


def _vector_units() -> list[str]:
    """Vector units of the processor for which NumPy has code of its own."""
    config: Mapping[str, Any] = np.show_config(mode="dicts")
    return list(config.get("SIMD Extensions", {}).get("found", []))


@cache
def sha256_of_code() -> str:
    """Hash of every Python file of the package that can move a number, names included."""
    total = hashlib.sha256()
    for file in sorted(PACKAGE.rglob("*.py")):
        if file.relative_to(PACKAGE).parts[0] in SHOWING:
            continue
        total.update(f"{file.relative_to(PACKAGE).as_posix()}\0{sha256(file.read_bytes())}\n".encode())
    return total.hexdigest()


@cache
def git_state() -> dict[str, Any] | None:
    """Commit of the checkout that the package is a part of, and whether files of it were changed since.

    None where the package is installed outside a checkout, where git does not track it, or without git.
    """
    if _git("ls-files", "--error-unmatch", "record/manifest.py") is None:
        return None
    commit, changed = _git("rev-parse", "HEAD"), _git("status", "--porcelain", "--untracked-files=all", ".")
    return None if commit is None else {"commit": commit, "dirty": bool(changed)}


def _git(*words: str) -> str | None:
    """Answer of git about the package's folder, or None where it has none."""
    try:
        asked = subprocess.run(  # noqa: S603  the words are our own
            ["git", "-C", str(PACKAGE), *words],  # noqa: S607
            capture_output=True, text=True, check=True, timeout=20,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return None
    return asked.stdout.strip()
