"""How what was made is kept in the terminal's commands: written with its figures where a folder is named."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.ending import FAILED

if TYPE_CHECKING:
    from sim.record.result import Result
    from sim.record.study import Study


def keep(study: Study, out: Path | None, *, replace: bool, figures: bool) -> int:
    """Prints a study and writes it; the exit status.

    Parameters
    ----------
    out : Path or None
        Where it is to stand; None writes nothing.
    """
    click.echo(study.text)
    if out is None:
        click.echo("Nothing was written; --out DIR keeps tables and figures.")
        return 0
    drawn = save(study, out, replace=replace, figures=figures)
    click.echo(f"Results: {out}")
    return 0 if drawn else FAILED


def save(made: Result | Study, out: Path, *, replace: bool, figures: bool) -> bool:
    """Writes a result or a study and its figures; whether all figures could be drawn."""
    faults: list[Exception] = []

    def draw(folder: Path) -> None:
        from sim.figures import draw_all

        try:
            draw_all(made, folder / "figures")
        except OSError:
            raise
        except Exception as error:  # noqa: BLE001  hours of playing are not lost to a picture
            faults.append(error)

    made.save(out, replace=replace, also=draw if figures else None)
    for error in faults:
        click.echo(f"The tables are written, but not all figures: {type(error).__name__}: {error}", err=True)
    return not faults
