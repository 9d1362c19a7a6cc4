"""Counts of past wars against which scenarios are held, as their sources give them."""

from __future__ import annotations

from scipy.stats import chi2

from sim.scenario import Scenario

YEAR = 365.25 / 7.0
"""Weeks in a year."""

WARS, WARS_AFTER_1945 = 95, 38
"""Interstate wars 1823-2003, and those of them after 1945 (Correlates of War, version 4.0)."""

SURVIVORS = {1: (14, 30), 2: (11, 14), 3: (9, 11), 4: (5, 9)}
"""Of the interstate wars that passed so many years, how many passed one more."""

ATTEMPTS, DONBAS_YEARS = 22, 5.89
"""Truces counted in the Donbas from 5 September 2014 to 27 July 2020."""

SERIAL = (
    float(chi2.ppf(0.025, 2 * ATTEMPTS)) / 2.0 / DONBAS_YEARS,
    float(chi2.ppf(0.975, 2 * ATTEMPTS + 2)) / 2.0 / DONBAS_YEARS,
)
"""Truces a year in the Donbas, as a rate of which 22 were seen."""


def years_so_far(scenario: Scenario) -> float | None:
    """Years that the war has lasted on the first day that is played; None where the file does not say.

    An anniversary counts as reached on its day.
    """
    calendar = scenario.calendar
    if calendar.began is None:
        return None
    whole = calendar.start.year - calendar.began.year
    whole -= (calendar.start.month, calendar.start.day) < (calendar.began.month, calendar.began.day)
    try:
        anniversary = calendar.began.replace(year=calendar.began.year + whole)
    except ValueError:  # 29 February
        anniversary = calendar.began.replace(year=calendar.began.year + whole, day=28)
    return whole + (calendar.start - anniversary).days / 365.25
