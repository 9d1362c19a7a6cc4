"""``parley new``: a small scenario to start from."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.ending import failures


@click.command()
@click.argument("name", type=click.Path(path_type=Path))
@click.pass_obj
def new(traceback: bool, name: Path) -> None:
    """Make a folder with a small scenario to start from."""
    with failures(traceback=traceback):
        from sim.scenario.template import start

        file = start(name)
        click.echo(f"{file}: two sides and a mediator. Read it, change it, then: parley run {name}")
