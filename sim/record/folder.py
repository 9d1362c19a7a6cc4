"""The folder of a result: complete or not there.

It is written under a hidden name beside its place and then renamed; whatever goes wrong before that leaves
nothing behind.  What stands in it is known to `result`.
"""

from __future__ import annotations

import glob
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MANIFEST = "manifest.json"
"""File by which a folder is known as a result."""


class FolderFault(Exception):
    """A folder that is not what it is taken for; the message is one sentence for the user."""


class Unwritable(FolderFault):
    """A folder that cannot be written, whatever it holds."""


def check_place(folder: Path, *, replace: bool = False) -> None:
    """Refuses a place where a result could not be put, before any work is done.

    Raises
    ------
    FolderFault
        Something stands there that must not be replaced, or nothing can be written there.
    """
    _refuse_what_stands_there(folder, replace=replace)
    with told(folder):
        ground = next(parent for parent in folder.absolute().parents if os.path.lexists(parent))
        _hidden(ground / folder.name).rmdir()


def remove_leftovers(folder: Path) -> None:
    """Takes away what a process that was killed while it wrote this result has left beside its place.

    Not to be called while another process may be writing the same result.
    """
    for hidden in folder.absolute().parent.glob(f".{glob.escape(folder.name)}-*.partial"):
        shutil.rmtree(hidden, ignore_errors=True)


@contextmanager
def written(folder: Path, *, replace: bool = False, comfort: str = "") -> Iterator[Path]:
    """A hidden folder to write in; when the block is over without an error, it takes its place at once.

    Parameters
    ----------
    folder : Path
        Where the result is to stand.  It must not exist, or be empty, or with `replace` hold an older result.
    replace : bool
    comfort : str
        What may be said of the work that was done, if it cannot be written.

    Raises
    ------
    FolderFault
        As `check_place`.
    Unwritable
        The disk is full, or writing fails in any other way.
    """
    _refuse_what_stands_there(folder, replace=replace)
    with told(folder, comfort):
        folder.parent.mkdir(parents=True, exist_ok=True)
        hidden = _hidden(folder)
        try:
            yield hidden
            _refuse_what_stands_there(folder, replace=replace)
            _swap(hidden, folder)
        finally:
            shutil.rmtree(hidden, ignore_errors=True)


@contextmanager
def told(folder: Path, comfort: str = "") -> Iterator[None]:
    """Failures of the disk as one sentence.

    Parameters
    ----------
    folder : Path
    comfort : str
        What may be said of the work that was done.

    Raises
    ------
    Unwritable
    """
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        rest = f"; {comfort}" if comfort else ""
        raise Unwritable(f"{folder} cannot be written: {reason[:1].lower()}{reason[1:]}{rest}") from error


def _refuse_what_stands_there(folder: Path, *, replace: bool) -> None:
    with told(folder):
        if not os.path.lexists(folder):
            return
        if not folder.is_dir():
            raise FolderFault(f"{folder} is no folder, so no result can be put there")
        if not any(folder.iterdir()):
            return
    if not (folder / MANIFEST).is_file():
        raise FolderFault(f"{folder} holds something that is no result of Parley; name another folder")
    if not replace:
        raise FolderFault(f"{folder} holds a result already; name another folder, or ask for this one to be replaced")


def _hidden(folder: Path) -> Path:
    made = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", suffix=".partial", dir=folder.parent))
    # mkdtemp makes folders that only their owner can read; results are shared like any other file.
    made.chmod(0o777 & ~_umask())
    return made


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _swap(hidden: Path, folder: Path) -> None:
    """Puts a finished folder in its place; an older one steps aside first and comes back if that fails."""
    if not folder.exists():
        hidden.rename(folder)
        return
    aside = _hidden(folder)
    folder.rename(aside / "old")
    try:
        hidden.rename(folder)
    except BaseException:
        (aside / "old").rename(folder)
        aside.rmdir()
        raise
    shutil.rmtree(aside, ignore_errors=True)
