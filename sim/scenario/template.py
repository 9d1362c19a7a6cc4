"""A scenario to start from: a small one with its own name, written into a new folder."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from pathlib import Path

from sim.scenario.extending import SCENARIO_FILE
from sim.scenario.faults import Fault, InputFault, shown

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


def start(folder: Path) -> Path:
    """File of a new scenario in a new folder, whose last part is the scenario's name.

    Parameters
    ----------
    folder : Path
        Nothing may stand there yet.

    Raises
    ------
    InputFault
        Something stands there, or its name cannot be the name of a scenario.
    OSError
        The folder cannot be made.
    """
    faults = []
    if os.path.lexists(folder):
        faults.append(Fault("folder", "a place where nothing stands is allowed, and something stands there"))
    if not _NAME.fullmatch(folder.name):
        allowed = "small letters, figures and hyphens are allowed, at most 60"
        faults.append(Fault("name", f"{allowed}, found {shown(folder.name)}"))
    if faults:
        raise InputFault(str(folder), faults)
    folder.parent.mkdir(parents=True, exist_ok=True)
    hidden = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        (hidden / SCENARIO_FILE).write_text(template(folder.name), encoding="utf-8")
        hidden.chmod(0o755)
        hidden.rename(folder)
    except BaseException:
        shutil.rmtree(hidden, ignore_errors=True)
        raise
    return folder / SCENARIO_FILE


def template(name: str) -> str:
    """Text of the scenario to start from, under a name."""
    text = Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")
    return text.replace("\nname: template\n", f"\nname: {name}\n")
