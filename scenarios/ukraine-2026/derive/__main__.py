"""Derives every table of this scenario: `python scenarios/ukraine-2026/derive --data FOLDER [--out FOLDER]`.

Reads the user's own downloads, writes the tables, and stops with one line and status 2 if a file is missing
or has another shape.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from aid import donors
from assembly import general_calls, ukraine_texts
from estimates import estimates_table
from files import SourceFault, write_table
from forecast import forecast_table, told
from positions import Positions, estimate_positions, published_points
from states import members, states_table
from tally import simulated_tally
from texts import families_table, texts_table
from ties import all_layers

from sim.scenario.faults import InputFault

SCENARIO = Path(__file__).resolve().parent.parent


def derive(data: Path, out: Path) -> Positions:
    """Write all tables under `out`; returns the estimated positions."""
    ukraine = ukraine_texts(data)
    positions = estimate_positions(ukraine, general_calls(data, ukraine), published_points(data, ukraine.states))
    write_table(states_table(data, positions), out / "states.csv", decimals=3)
    table = members(data)
    union = list(table.iso3[table.EU.astype(int) == 1])
    for name, layer in all_layers(data, ukraine.states, union).items():
        write_table(layer, out / "ties" / f"{name}.csv")
    write_table(donors(data, ukraine.states), out / "donors.csv")
    texts = texts_table(data, positions)
    write_table(texts, out / "texts.csv", decimals=3)
    write_table(families_table(texts), out / "families.csv", decimals=3)
    write_table(estimates_table(data, positions), out / "estimates.csv", decimals=None)
    return positions


def print_tally(positions: Positions, resolution: str, demand_sd: float) -> None:
    """Print the simulated tally of a text voted on like `resolution`."""
    for name, value in simulated_tally(positions, resolution, demand_sd).items():
        print(f"{name:8} {value}")


def main(arguments: list[str] | None = None) -> int:
    """Command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="derive", description="Derive the tables of the scenario from source files.")
    parser.add_argument("--data", type=Path, required=True, help="folder with the source files")
    parser.add_argument("--out", type=Path, default=SCENARIO, help="folder for the tables (default: the scenario)")
    parser.add_argument(
        "--tally", metavar="RESOLUTION", help="also print a simulated tally with this text's parameters"
    )
    parser.add_argument("--demand-sd", type=float, default=0.0, help="spread of the coming text's demand")
    parser.add_argument("--forecast", action="store_true", help="write forecast.csv instead (some minutes)")
    options = parser.parse_args(arguments)
    try:
        if options.forecast:
            table, found = forecast_table(options.data)
            write_table(table, options.out / "forecast.csv", decimals=3)
            print("\n".join(told(found)))
            return 0
        positions = derive(options.data, options.out)
    except (SourceFault, InputFault) as fault:
        print(f"derive: {fault}", file=sys.stderr)
        return 2
    if options.tally:
        print_tally(positions, options.tally, options.demand_sd)
    return 0


if __name__ == "__main__":
    sys.exit(main())
