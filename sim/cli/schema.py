"""``parley schema``: what an editor needs to complete and check scenario files."""

from __future__ import annotations

import json

import click

from sim.cli.ending import failures


@click.command()
@click.pass_obj
def schema(traceback: bool) -> None:
    """Print the JSON Schema of scenario files, for editors."""
    with failures(traceback=traceback):
        from sim.scenario import json_schema

        click.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))
