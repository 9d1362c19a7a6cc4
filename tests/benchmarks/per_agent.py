"""The shared part as one would write it in Mesa: an agent a state, which listens, speaks and votes.

With one plain number an agent, the fastest form that is still Mesa; with an array of positions an agent, the
usual one; and with these arrays put together before they are weighed. All reckon in double precision and meet the luck that they
are handed, which costs them nothing here, while the ensemble draws its own. The ensemble keeps positions in
single precision: they differ in the seventh place, and no vote does, because none lies so near its border.
"""

import math
import statistics

import mesa
import numpy as np

from tests.benchmarks.shared_part import Sheet

YES, NO, ABSTAIN, ABSENT = range(4)


class Assembly(mesa.Model):
    """Listen, speak, vote: a week in which all states act one after the other in each stage."""

    def __init__(self, kind: type[mesa.Agent], sheet: Sheet, rng: int = 0) -> None:
        super().__init__(rng=rng)
        self.sheet, self.week = sheet, -1
        states = [kind(self, row) for row in range(len(sheet.support))]
        for state, partners in zip(states, sheet.partners, strict=True):
            state.meet([(weight, states[row]) for weight, row in partners])
        self.members = self.agents.select(lambda state: state.member)
        self.votes: list[list[int]] = []
        self.tallies: list[list[int]] = []

    def step(self) -> None:
        """Plays a week."""
        sheet = self.sheet
        self.week += 1
        self.stance_luck = sheet.stance_luck[self.week]
        self.vote_luck, self.absence_luck = sheet.vote_luck[self.week], sheet.absence_luck[self.week]
        self.tired = sheet.fatigue * -math.expm1(-self.week / sheet.weariness_weeks)
        self.agents.do("listen")
        self.agents.do("speak")
        self.caucus = statistics.median(self.members.get("support"))
        self.agents.do("vote")
        votes = self.agents.get("ballot")
        self.votes.append(votes)
        self.tallies.append([votes.count(outcome) for outcome in (YES, NO, ABSTAIN, ABSENT)])

    def positions(self) -> np.ndarray:
        """Public positions in [0, 1], (state, topic)."""
        return np.clip([state.says() for state in self.agents], 0.0, 1.0)


class State(mesa.Agent):
    """What both forms share: how a state votes once it has spoken."""

    def __init__(self, model: Assembly, row: int) -> None:
        super().__init__(model)
        sheet = model.sheet
        self.row, self.member = row, sheet.member[row]
        self.openness, self.own = sheet.openness[row], 1.0 - sheet.openness[row]
        self.base, self.band, self.absence = sheet.support[row], sheet.band[row], sheet.absence[row]
        self.support, self.ballot = 0.0, ABSENT

    def vote(self) -> None:
        model, support = self.model, self.support
        if self.member:
            whip = model.sheet.whip
            support = (1.0 - whip) * support + whip * model.caucus
        half = 0.5 * max(self.band + model.tired, 0.0)
        if model.absence_luck[self.row] < self.absence:
            self.ballot = ABSENT
        elif support > half:
            self.ballot = YES
        elif support < -half:
            self.ballot = NO
        else:
            self.ballot = ABSTAIN


class PlainState(State):
    """A state that keeps one plain number: how far it has gone from where it stood, alike on all topics."""

    def __init__(self, model: Assembly, row: int) -> None:
        super().__init__(model, row)
        self.stance = self.anchor = 0.0

    def meet(self, partners: list[tuple[float, "PlainState"]]) -> None:
        self.partners = partners

    def listen(self) -> None:
        heard = 0.0
        for weight, partner in self.partners:
            heard += weight * partner.stance
        self.heard = heard

    def speak(self) -> None:
        model, sheet = self.model, self.model.sheet
        self.anchor += sheet.noise * model.stance_luck[self.row] + sheet.drift
        self.stance = self.openness * self.heard + self.own * self.anchor
        self.support = self.base - sheet.lobbying * self.stance + model.vote_luck[self.row]

    def says(self) -> list[float]:
        return [position + self.stance for position in self.model.sheet.observed[self.row]]


class ArrayState(State):
    """A state that keeps its positions on all topics as an array."""

    def __init__(self, model: Assembly, row: int) -> None:
        super().__init__(model, row)
        self.position = np.array(model.sheet.observed[row])
        self.anchor = np.array(model.sheet.anchor[row])
        self.observed = self.position.copy()

    def meet(self, partners: list[tuple[float, "ArrayState"]]) -> None:
        self.weights = np.array([weight for weight, _ in partners])
        self.partners = [partner for _, partner in partners]

    def listen(self) -> None:
        self.heard = np.zeros(3)
        for weight, partner in zip(self.weights, self.partners, strict=True):
            self.heard += weight * partner.position

    def speak(self) -> None:
        model, sheet = self.model, self.model.sheet
        self.anchor += sheet.noise * model.stance_luck[self.row] + sheet.drift
        self.position = self.openness * self.heard + self.own * self.anchor
        lean = np.mean(self.observed - self.position)
        self.support = self.base + sheet.lobbying * lean + model.vote_luck[self.row]

    def says(self) -> np.ndarray:
        return self.position


class StackedState(ArrayState):
    """The same, with all partners' arrays put together before they are weighed."""

    def listen(self) -> None:
        self.heard = self.weights @ np.array([partner.position for partner in self.partners])


def play(kind: type[State], sheet: Sheet) -> Assembly:
    """A run of one of the two forms, from its first week to its last."""
    model = Assembly(kind, sheet)
    for _ in range(sheet.weeks):
        model.step()
    return model
