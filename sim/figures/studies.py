"""What figures ask of a study: days of its calendar, where its numbers come from."""

from __future__ import annotations

import datetime
import textwrap

from sim.record.study import Study

LETTERS = 34
"""Letters of a factor in one line of a figure."""


def day(study: Study, week: float) -> datetime.date:
    """First day of a week of the scenario."""
    return study.scenario.calendar.start + datetime.timedelta(days=round(7 * week))


def provenance(study: Study) -> str:
    """Where the numbers come from, for the foot of a figure: scenario, what was laid over it, runs, seed, version."""
    made = study.manifest
    laid = [*made.get("variants", ()), *made["overrides"]]
    settings = f" with {', '.join(laid)}" if laid else ""
    few = len(made.get("left_out", ()))
    lost = f" ({few:,} left out, which failed)" if few else ""
    version = made["versions"]["parley"]
    return (
        f"Scenario {study.scenario.name}{settings}; {made['replicates']:,} replicates{lost}, seed {made['seed']}; "
        f"Parley {version}."
    )


def labelled(study: Study, name: str) -> str:
    """What to print for a factor: its label where the study has one, in lines; else its path, cut from the left."""
    label = study.manifest["asked"].get("labels", {}).get(name)
    if label:
        return "\n".join(textwrap.wrap(str(label), LETTERS))
    return name if len(name) <= LETTERS else f"…{name[1 - LETTERS :]}"


def left_out(study: Study) -> str:
    """A sentence on what was not used, for the foot of a figure; empty where everything was."""
    told = study.manifest["asked"].get("left_out")
    return f" Left out: {told}." if told else ""
