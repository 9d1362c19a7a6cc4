"""``parley validate``: the program held against the validation catalogue, one line an entry."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.ending import FAILED, failures, progress_bar
from sim.cli.options import REPEATABLE, SEED, replicates_option

if TYPE_CHECKING:
    from sim.studies.validate.entry import Checked, Group


@click.command()
@click.option(
    "--scenario", "scenarios", multiple=True, type=click.Path(), metavar="S",
    help=f"Look for the patterns of past wars in it; {REPEATABLE}.",
)  # fmt: skip
@replicates_option(400)
@SEED
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Look for the patterns of past votes in the roll calls of a folder.",
)
@click.option("--only", type=click.Choice(["exact", "laws", "facts", "votes"]), help="Go through one group only.")
@click.option("--strict", is_flag=True, help="Let patterns of wars and votes that fail count for the exit status too.")
@click.option(
    "--format", "form", default="text", show_default=True, type=click.Choice(["text", "json", "csv"]),
    help="How to print; json and csv have all numbers.",
)  # fmt: skip
@click.pass_obj
def validate(
    traceback: bool, scenarios: tuple[str, ...], replicates: int, seed: int, data: Path | None, only: Group | None,
    form: str, *, strict: bool,
) -> None:  # fmt: skip
    """Hold the program against known results, laws of played worlds, and patterns of past wars and votes.

    Exit status 1 if an exact result or a law fails.
    """
    if only == "facts" and not scenarios:
        raise click.UsageError("patterns of past wars are looked for in a scenario: name one with --scenario")
    if only == "votes" and data is None:
        raise click.UsageError("patterns of past votes are looked for in roll calls: name their folder with --data")
    with failures(traceback=traceback):
        from sim.studies.validate.entry import GROUPS

        groups: tuple[Group, ...] = (only,) if only else GROUPS
        asked = bool(scenarios) or bool(data) or bool(only)
        checked = _print(_go_through(groups, scenarios, replicates, seed, data), form, asked=asked)
    counting = GROUPS if strict else ("exact", "laws")
    failed = any(one.verdict == "fails" and one.entry.group in counting for one in checked)
    sys.exit(FAILED if failed else 0)


def _go_through(
    groups: tuple[Group, ...], scenarios: tuple[str, ...], replicates: int, seed: int, data: Path | None
) -> Iterator[Checked]:
    """Reads all scenarios, with every fault at once, then checks entry by entry."""
    from sim.scenario.faults import InputFault
    from sim.studies.validate.catalogue import validate as go_through
    from sim.studies.validate.facts import ENSEMBLES
    from sim.studies.validate.roll_calls import RollCalls
    from sim.world.binding import load

    read, faulty = [], []
    for place in scenarios:
        try:
            read.append(load(place))
        except InputFault as fault:
            faulty.append(fault)
    for earlier in faulty[:-1]:
        click.echo(earlier, err=True)
    if faulty:
        raise faulty[-1]
    known = None if data is None else RollCalls(data).read()
    with progress_bar(ENSEMBLES * replicates * len(read) if "facts" in groups else 0) as progress:
        yield from go_through(groups, read, replicates, seed, progress, known)


def _print(entries: Iterator[Checked], form: str, *, asked: bool) -> list[Checked]:
    from sim.studies.validate.lines import as_csv, as_json, as_line, closing

    checked = []
    for one in entries:
        checked.append(one)
        if form == "text":
            click.echo(as_line(one))
    if form == "text":
        click.echo()
        for line in closing(checked):
            click.echo(line)
        if not asked:
            click.echo("patterns of past wars: not looked for; name a world with --scenario")
            click.echo("patterns of past votes: not looked for; name the folder of roll calls with --data")
    else:
        click.echo(as_json(checked) if form == "json" else as_csv(checked))
    return checked
