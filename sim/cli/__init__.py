"""The command ``parley``: reads what was asked, calls what does it, prints what came, and nothing else.

One command a file.  Heavy libraries are imported inside the commands, so that help comes at once.
"""

from __future__ import annotations

import signal
from types import FrameType

import click

from sim.cli.check import check
from sim.cli.compare import compare
from sim.cli.explain import discover, sensitivity
from sim.cli.hindcast import hindcast
from sim.cli.new import new
from sim.cli.reproduce import reproduce
from sim.cli.run import run
from sim.cli.schema import schema
from sim.cli.search import search
from sim.cli.sweep import sweep
from sim.cli.validate import validate
from sim.record.version import VERSION


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(VERSION, prog_name="parley")
@click.option("--traceback", is_flag=True, help="Show where a failure came from (for developers).")
@click.pass_context
def main(context: click.Context, *, traceback: bool) -> None:
    """Parley plays a war that you describe, week by week, many times, and says what could follow."""
    context.obj = traceback
    # Batch systems end a job with SIGTERM: it is answered like Ctrl-C, so that nothing half is left.
    signal.signal(signal.SIGTERM, _interrupt)


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


for command in (check, run, sweep, reproduce, compare, sensitivity, discover, search, hindcast, validate, new, schema):
    main.add_command(command)
