"""Derives every table of this scenario: `python scenarios/ukraine-2026/derive --data FOLDER [--out FOLDER]`.

Reads the user's own downloads, writes the tables (some minutes: every past text is predicted from those before it), and
stops with a line for each fault and status 2 if a file is missing or has another shape.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from aid import donors
from estimates import estimates_table
from files import SourceFault, write_table
from states import members, states_table
from texts import coming_table, forecast_table, texts_table, told
from ties import all_layers
from votes import Votes, estimated

from sim.scenario.faults import InputFault

SCENARIO = Path(__file__).resolve().parent.parent


def derive(data: Path, out: Path) -> Votes:
    """Write all tables under `out`; returns what was estimated of the votes."""
    table = members(data)
    votes = estimated(data)
    write_table(states_table(data, votes), out / "states.csv", decimals=3)
    union = list(table.iso3[table.EU.astype(int) == 1])
    states = votes.record.states
    for name, layer in all_layers(data, states, union).items():
        write_table(layer, out / "ties" / f"{name}.csv")
    write_table(donors(data, states), out / "donors.csv")
    write_table(texts_table(votes), out / "texts.csv", decimals=3)
    write_table(coming_table(votes), out / "coming.csv", decimals=3)
    write_table(forecast_table(votes), out / "forecast.csv", decimals=3)
    write_table(estimates_table(data, votes), out / "estimates.csv", decimals=None)
    return votes


def main(arguments: list[str] | None = None) -> int:
    """Command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="derive", description="Derive the tables of the scenario from source files.")
    parser.add_argument("--data", type=Path, required=True, help="folder with the source files")
    parser.add_argument("--out", type=Path, default=SCENARIO, help="folder for the tables (default: the scenario)")
    options = parser.parse_args(arguments)
    try:
        print("\n".join(told(derive(options.data, options.out))))
    except (SourceFault, InputFault) as fault:
        print(f"derive: {fault}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
