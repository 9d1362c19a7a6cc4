"""The command ``parley``: reads what was asked, calls what does it, prints what came, and nothing else.

Exit status: 0 done, 1 failed while running, 2 the input is at fault.  Heavy libraries are imported inside the
commands, so that help comes at once.
"""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from sim.record.version import VERSION

if TYPE_CHECKING:
    from sim.record.result import Result

FAILED, AT_FAULT = 1, 2

SCENARIO = click.argument("scenario", type=click.Path())
REPEATABLE = "may be given several times"


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(VERSION, prog_name="parley")
@click.option("--traceback", is_flag=True, help="Show where a failure came from (for developers).")
@click.pass_context
def main(context: click.Context, *, traceback: bool) -> None:
    """Parley plays a war that you describe, week by week, many times, and says what could follow."""
    context.obj = traceback
    # Batch systems end a job with SIGTERM: it is answered like Ctrl-C, so that nothing half is left.
    signal.signal(signal.SIGTERM, _interrupt)


@main.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path())
@click.option("--sources", is_flag=True, help="List the numbers for which no source is given.")
@click.pass_obj
def check(traceback: bool, files: tuple[str, ...], *, sources: bool) -> None:
    """Read scenario files and print every fault."""
    from sim.scenario import InputFault, unsourced
    from sim.world.binding import load

    faulty = False
    for file in files:
        with _failures(traceback=traceback):
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


@main.command()
@SCENARIO
@click.option("--variant", "variants", multiple=True, metavar="V", help=f"Variant of the file; {REPEATABLE}.")
@click.option("--replicates", default=200, show_default=True, type=click.IntRange(1, 10**7), help="Number of runs.")
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0, 2**128 - 1), help="Seed of the luck.")
@click.option("--set", "overrides", multiple=True, metavar="PATH=VALUE", help=f"Set a number; {REPEATABLE}.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 1024), help="Processes to use.")
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="Folder for tables and figures.")
@click.option("--replace", is_flag=True, help="Replace an older result in that folder.")
@click.option("--no-figures", is_flag=True, help="Write tables only.")
@click.pass_obj
def run(
    traceback: bool, scenario: str, variants: tuple[str, ...], overrides: tuple[str, ...], replicates: int,
    seed: int, workers: int, out: Path | None, *, replace: bool, no_figures: bool,
) -> None:  # fmt: skip
    """Play a scenario many times: tables, figures, and a summary with intervals."""
    with _failures(traceback=traceback):
        from sim.experiment.execution import RunsFailed
        from sim.experiment.execution import run as play
        from sim.record.folder import check_place
        from sim.world.binding import load

        written = load(scenario)
        if out is not None:
            check_place(out, replace=replace)
        try:
            with _progress(replicates) as progress:
                result = play(
                    written, replicates, seed,
                    variants=variants, overrides=overrides, workers=workers, progress=progress,
                )  # fmt: skip
        except RunsFailed as failed:
            _keep_the_rest(failed.partial, out)
            raise
        drawn = True if out is None else _save(result, out, replace=replace, figures=not no_figures)
        _print(result, out)
    sys.exit(0 if drawn else FAILED)


def _save(result: Result, out: Path, *, replace: bool, figures: bool) -> bool:
    """Writes a result and its figures; whether all figures could be drawn."""
    faults: list[Exception] = []

    def draw(folder: Path) -> None:
        from sim.figures import draw_all

        try:
            draw_all(result, folder / "figures")
        except OSError:
            raise
        except Exception as error:  # noqa: BLE001  hours of playing are not lost to a picture
            faults.append(error)

    result.save(out, replace=replace, also=draw if figures else None)
    for error in faults:
        click.echo(f"The tables are written, but not all figures: {type(error).__name__}: {error}", err=True)
    return not faults


def _keep_the_rest(partial: Result | None, out: Path | None) -> None:
    """Writes what was played before some blocks failed beside the place where the whole was to stand."""
    if partial is None or out is None:
        return
    place = out.with_name(f"{out.name}-partial")
    partial.save(place, replace=True)
    click.echo(f"What could be played is in {place}; its manifest names what is missing.", err=True)


def _print(result: Result, out: Path | None) -> None:
    from sim.analysis.summary import as_text

    click.echo(as_text(result))
    click.echo(f"Results: {out}" if out is not None else "Nothing was written; --out DIR keeps tables and figures.")


@main.command()
@click.argument("name", type=click.Path(path_type=Path))
@click.pass_obj
def new(traceback: bool, name: Path) -> None:
    """Make a folder with a small scenario to start from."""
    with _failures(traceback=traceback):
        from sim.scenario.template import start

        file = start(name)
        click.echo(f"{file}: two sides and a mediator. Read it, change it, then: parley run {name}")


@main.command()
@click.pass_obj
def schema(traceback: bool) -> None:
    """Print the JSON Schema of scenario files, for editors."""
    with _failures(traceback=traceback):
        from sim.scenario import json_schema

        click.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))


@contextmanager
def _failures(*, traceback: bool) -> Iterator[None]:
    """What goes wrong, as sentences and an exit status."""
    from sim.scenario.faults import InputFault

    try:
        yield
    except InputFault as fault:
        click.echo(fault, err=True)
        sys.exit(AT_FAULT)
    except KeyboardInterrupt:
        click.echo("Interrupted; nothing was written.", err=True)
        sys.exit(FAILED)
    except click.exceptions.Exit:
        raise
    except Exception as error:
        if traceback:
            raise
        click.echo(_sentence(error), err=True)
        sys.exit(FAILED)


def _sentence(error: Exception) -> str:
    """A failure for the user: as it is where it was written for one, with its kind where it was not."""
    from sim.experiment.execution import RunsFailed
    from sim.record.folder import FolderFault

    if isinstance(error, FolderFault | RunsFailed):
        return str(error)
    return f"{type(error).__name__}: {error} (parley --traceback ... shows where this came from)"


@contextmanager
def _progress(runs: int) -> Iterator[Callable[[int], object]]:
    """A bar with the time left, where somebody looks at the terminal."""
    from tqdm import tqdm

    with tqdm(total=runs, unit=" runs", file=sys.stderr, disable=None, dynamic_ncols=True, leave=False) as bar:
        yield bar.update


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
