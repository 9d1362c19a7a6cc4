"""All entries of the validation catalogue, and how they are gone through."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from sim.experiment.execution import Progress
from sim.scenario import Scenario
from sim.studies.validate.bargains import BARGAINS
from sim.studies.validate.crowds import CROWDS
from sim.studies.validate.entry import GROUPS, Checked, Entry, Group
from sim.studies.validate.facts import FACTS, Played, unheard
from sim.studies.validate.fighting import FIGHTING
from sim.studies.validate.laws import LAWS
from sim.studies.validate.power import POWER
from sim.studies.validate.roll_calls import RollCalls
from sim.studies.validate.votes import SIMULATED, past_votes

ENTRIES: tuple[Entry, ...] = (*POWER, *BARGAINS, *FIGHTING, *CROWDS, *LAWS)
"""Everything but the patterns of past wars, which need a scenario, and of past votes, which need roll calls."""


def validate(
    groups: Collection[Group] = GROUPS,
    scenarios: Sequence[Scenario] = (),
    replicates: int = 400,
    seed: int = 1,
    progress: Progress | None = None,
    roll_calls: RollCalls | None = None,
) -> Iterator[Checked]:
    """Holds the program against the catalogue, one entry after the other.

    Parameters
    ----------
    groups : collection of str
        Which of ``exact``, ``laws``, ``facts`` and ``votes``.
    scenarios : sequence of Scenario
        Worlds that the patterns of past wars are looked for in; without one, the group is left out.
    replicates, seed : int
        How each scenario is played.
    progress : callable, optional
        Told how many runs of a scenario were just finished.
    roll_calls : RollCalls, optional
        Where the patterns of past votes are looked for; without, they are left out.
    """
    for entry in ENTRIES:
        if entry.group in groups:
            yield entry.check()
    if "votes" in groups and roll_calls is not None:
        yield from past_votes(roll_calls)
    if "facts" not in groups or not scenarios:
        return
    for scenario in scenarios:
        played = Played(scenario, replicates, seed, progress)
        for fact in (*FACTS, *SIMULATED):
            yield fact.check(played)
    yield from unheard()
