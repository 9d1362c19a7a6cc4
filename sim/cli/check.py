"""``parley check``: reads what was written, says every fault."""

from __future__ import annotations

import sys

import click

from sim.cli.ending import AT_FAULT, failures


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path())
@click.option("--sources", is_flag=True, help="List the numbers for which no source is given.")
@click.pass_obj
def check(traceback: bool, files: tuple[str, ...], *, sources: bool) -> None:
    """Read scenario files and print every fault."""
    from sim.scenario import InputFault, unsourced
    from sim.world.binding import load

    faulty = False
    for file in files:
        with failures(traceback=traceback):
            try:
                scenario = load(file)
            except InputFault as fault:
                click.echo(fault, err=True)
                faulty = True
                continue
            click.echo(f"{file}: no faults")
            for place in unsourced(scenario) if sources else ():
                click.echo(f"  {place}: no source")
    sys.exit(AT_FAULT if faulty else 0)
