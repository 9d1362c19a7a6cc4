"""Arguments and options that several commands share, so that they are written and explained the same way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

WORTH = 1024
"""Runs of an ensemble that are worth a process of their own."""

REPEATABLE = "may be given several times"

SCENARIO = click.argument("scenario", type=click.Path())
VARIANTS = click.option("--variant", "variants", multiple=True, metavar="V", help=f"Variant of the file; {REPEATABLE}.")


class SeedType(click.ParamType[int]):
    """A whole number that names all luck; its upper end is of no interest to anybody."""

    name = "N"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number."""
        try:
            number = int(str(value))
        except ValueError:
            number = -1
        if not 0 <= number < 2**128:
            self.fail(f"a whole number from 0 to 2**128 - 1 is allowed, found {value}", param, ctx)
        return number


SEED = click.option("--seed", default=1, show_default=True, type=SeedType(), help="Seed of the luck.")
OVERRIDES = click.option("--set", "overrides", multiple=True, metavar="PATH=VALUE", help=f"Set a number; {REPEATABLE}.")
WORKERS = click.option(
    "--workers", type=click.IntRange(1, 1024), help="Processes to use.  [default: as many as pay, one a core]"
)
OUT = click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="Folder for tables and figures.")
FIGURES = click.option("--no-figures", is_flag=True, help="Write tables only.")
REPLACE = click.option("--replace", is_flag=True, help="Replace an older result in that folder.")


def replicates_option(default: int) -> Callable[[Any], Any]:
    """``--replicates``, with the number of runs that a command plays unasked."""
    return click.option(
        "--replicates", default=default, show_default=True, type=click.IntRange(1, 10**7), help="Number of runs."
    )


def processes(workers: int | None, runs: int | None = None) -> int:
    """How many processes to use: what was asked for, or all cores, as far as each finds enough of these runs to do."""
    from sim.experiment.places import cores

    if workers is not None:
        return workers
    return cores() if runs is None else max(1, min(cores(), runs // WORTH))
