"""What figures ask of a study: days of its calendar, where its numbers come from."""

from __future__ import annotations

import datetime

from sim.record.study import Study


def day(study: Study, week: float) -> datetime.date:
    """First day of a week of the scenario."""
    return study.scenario.calendar.start + datetime.timedelta(days=round(7 * week))


def provenance(study: Study) -> str:
    """Where the numbers come from, for the foot of a figure: scenario, settings, runs, seed, version."""
    made = study.manifest
    settings = f" with {', '.join(made['overrides'])}" if made["overrides"] else ""
    version = made["versions"]["parley"]
    return (
        f"Scenario {study.scenario.name}{settings}; {made['replicates']:,} replicates, seed {made['seed']}; "
        f"Parley {version}."
    )
