"""``parley hindcast``: predicts what has already happened from what was known before, and says how well."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.ending import failures
from sim.cli.options import SEED


@click.group()
def hindcast() -> None:
    """Predict a record from its own past and score the prediction."""


@hindcast.command()
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    default=Path("../shared/data"),
    show_default=True,
    metavar="DIR",
    help="Folder with the roll calls.",
)
@SEED
@click.pass_obj
def assembly(traceback: bool, data: Path, seed: int) -> None:
    """Predict each text of the General Assembly on the war from the votes before its day."""
    with failures(traceback=traceback):
        from sim.scenario.faults import InputFault
        from sim.studies.assembly import hindcast as predict
        from sim.studies.assembly import read_record
        from sim.studies.assembly.enough import shortages
        from sim.studies.assembly.telling import lines, text_line

        record = read_record(data)
        if short := shortages(record):
            raise InputFault(str(data), short)
        click.echo("expected count [90 % interval] observed count; * outside the interval")
        found = predict(record, seed=seed, told=lambda text: click.echo(text_line(text)))
        plain = predict(record, seed=seed, precedents=False, earlier=found)
        for line in lines(found, plain):
            click.echo(line)
