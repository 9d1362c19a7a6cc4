"""``parley schema``: what an editor needs to complete and check scenario files."""

from __future__ import annotations

import json

import click

from sim.cli.ending import failures


@click.command()
@click.option("--experiment", is_flag=True, help="Of experiment files instead.")
@click.option("--search", is_flag=True, help="Of search files instead.")
@click.pass_obj
def schema(traceback: bool, *, experiment: bool, search: bool) -> None:
    """Print the JSON Schema of scenario files, for editors."""
    with failures(traceback=traceback):
        from sim.scenario.schema import experiment_schema, json_schema, search_schema

        made = experiment_schema() if experiment else search_schema() if search else json_schema()
        click.echo(json.dumps(made, indent=2, ensure_ascii=False))
