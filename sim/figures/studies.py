"""What figures ask of a study: days of its calendar, where its numbers come from."""

from __future__ import annotations

import datetime

from sim.record.study import Study


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
    """What to print for a factor: its label where the study has one, else its path, shortened from the left."""
    labels = study.manifest["asked"].get("labels", {})
    text = str(labels.get(name, name))
    return text if len(text) <= 34 else f"…{text[-33:]}"
