"""Tables that are laid by hand: a batch of deals as primitives, which can be cut, shuffled and mirrored."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

import numpy as np

from sim.scenario.quantity import Quantity
from sim.scenario.vocabulary.base import Record
from sim.scenario.vocabulary.protocols import Protocol
from sim.theory.frontier import frontier, issue_segments, terms_at
from sim.theory.worth import tastes, worth
from sim.world.offered import Texts, offer, together, within
from sim.world.protocols import Luck, Table, Voices

THIRD = "envoy"


def plain(section: Any) -> Any:
    """A section of options with its fixed numbers as numbers."""
    if isinstance(section, Quantity):
        return section.arguments[0]
    if isinstance(section, Record):
        return SimpleNamespace(**{key: plain(getattr(section, key)) for key in type(section).model_fields})
    return {key: plain(value) for key, value in section.items()} if isinstance(section, dict) else section


def options(name: str, written: Mapping[str, Any] | None = None) -> Any:
    """The options of a protocol, with what is written in place of the defaults."""
    tree = {name: dict(written)} if written else {}
    return plain(getattr(Protocol.model_validate(tree), name, {}))


@dataclass(frozen=True)
class Deal:
    """What a table is made of: (side, issue, run) tastes, (side, run) needs, (issue, run) terms; last axis the run."""

    ideal_point: Any
    salience: Any
    red_line: Any
    steepness: Any
    needed: Any
    text: Any
    wartime: Any
    on_table: Any
    open_issues: Any
    bias: Any
    proposer: Any
    precision: Any
    impatience: Any
    age: Any
    third: Voices
    uniform: Any
    normal: Any
    players: tuple[str, ...] = ()
    veto: Any = ()
    """Ideal point, salience and red line, (player, issue, run), steepness and needs, (player, run)."""

    def take(self, runs):
        """The same deal for some of the runs, in their order."""
        kept = {
            name: np.take(value, runs, axis=-1)
            for name, value in vars(self).items()
            if name not in ("third", "on_table", "players", "veto")
        }
        third = Voices(*(np.take(field, runs, axis=-1) for field in self.third[:3]), self.third.speaks)
        return replace(self, **kept, third=third, veto=tuple(np.take(own, runs, axis=-1) for own in self.veto))

    def mirrored(self):
        """The deal with its sides exchanged and its issues turned round."""
        sides = {name: getattr(self, name)[::-1] for name in ("salience", "red_line", "steepness", "needed")}
        sides |= {name: getattr(self, name)[::-1] for name in ("precision", "impatience")}
        turned = {name: 1.0 - getattr(self, name) for name in ("text", "wartime")}
        third = self.third._replace(position=1.0 - self.third.position)
        veto = (1.0 - self.veto[0], *self.veto[1:]) if self.players else ()
        return replace(
            self, **sides, **turned, third=third, veto=veto, ideal_point=1.0 - self.ideal_point[::-1],
            bias=-self.bias, proposer=1 - self.proposer, normal=-self.normal,
        )  # fmt: skip

    def _players(self, rows):
        """Weights of the veto players on the issues of the table, and what they need."""
        runs = self.needed.shape[-1]
        if not self.players:
            none = np.zeros((0, rows.size, runs))
            return _judges(none, none, none, np.zeros((0, runs))), np.zeros((0, runs))
        *wishes, steepness, need = self.veto
        return _judges(*(np.take(own, rows, axis=1) for own in wishes), steepness), need

    @property
    def luck(self):
        return Luck(self.uniform, self.normal)

    def table(self, **sections: Any) -> Table:
        """The table, with sections of options by the names of their protocols; defaults where none is given."""
        (rows,) = np.nonzero(self.on_table)
        of_rows = [np.take(part, rows, axis=1) for part in (self.ideal_point, self.salience, self.red_line)]
        runs = self.needed.shape[-1]
        low = np.zeros((rows.size, runs))
        knots, slope_a, slope_b, start = issue_segments(*of_rows, self.steepness[:, None], low, low + 1.0)
        chain = frontier(knots, slope_a, slope_b, start)
        judges = _judges(*of_rows, self.steepness)
        theirs, need = self._players(rows)
        every = together(judges, theirs)
        needed = np.concatenate([self.needed[:1], need, self.needed[1:]]) - 1.0

        def gains(text):
            on_text = np.take(text, rows, axis=0)
            return np.concatenate([worth(on_text, judges) - self.needed, worth(on_text, theirs) - need])

        def placed(values):
            found = self.wartime.copy()
            found[rows] = values
            return found

        def texts(*asked):
            free = np.take(self.open_issues, rows, axis=0)
            kept = within(offer(every, *asked), free, np.take(self.text, rows, axis=0), every)
            return Texts(kept, np.arange(runs), needed, placed)

        def terms(position):
            found = self.wartime.copy()
            found[rows] = terms_at(chain, knots, position)
            return found

        sides = Voices(self.ideal_point, self.salience, np.ones((2, runs)), np.ones(self.salience.shape[:2], bool))
        everybody = Voices(*(np.concatenate(pair) for pair in zip(sides, self.third, strict=True)))
        return Table(
            text=self.text, open_issues=self.open_issues,
            gains=gains,
            bias=self.bias, proposer=self.proposer, precision=self.precision, step=0.2, frontier=chain,
            needed=self.needed, terms_at=terms, age=self.age, impatience=self.impatience,
            options=lambda name: sections.get(name) or options(name),
            interest=lambda key: self.bias, voices=lambda: everybody,
            players=self.players, texts=texts,
        )  # fmt: skip


def _judges(ideal_point, salience, red_line, steepness):
    none = np.zeros_like(salience)
    charter = np.zeros(salience.shape[1:])
    return tastes(
        ideal_point, salience, red_line=red_line, steepness=steepness[:, None] + none, norm=none, charter=charter
    )


def deals(runs: int, seed: int, issues: int = 4, rounds: int = 4, players: int = 0) -> Deal:
    """Deals drawn at random: the last issue is parked, and about half of them have no surplus."""
    rng = np.random.default_rng(seed)
    shape = (2, issues, runs)
    near = rng.uniform(0.0, 0.3, shape)
    salience = rng.uniform(0.05, 1.0, shape)
    on_table = np.arange(issues) < issues - 1
    salience /= salience.sum(axis=1, keepdims=True)
    wartime = rng.random((issues, runs))
    third = Voices(
        rng.random((1, issues, runs)), rng.random((1, issues, runs)), rng.uniform(0.2, 2.0, (1, runs)),
        np.ones((1, issues), bool),
    )  # fmt: skip
    shown = on_table[:, None] & (rng.random((issues, runs)) < 0.9)
    return Deal(
        ideal_point=np.stack([near[0], 1.0 - near[1]]),
        salience=salience,
        red_line=rng.uniform(0.3, 1.2, shape),
        steepness=rng.uniform(0.0, 4.0, (2, runs)),
        needed=rng.uniform(0.2, 0.7, (2, runs)),
        text=np.where(shown, rng.random((issues, runs)), wartime),
        wartime=wartime,
        on_table=on_table,
        open_issues=shown,
        bias=rng.uniform(-1.0, 1.0, runs),
        proposer=rng.integers(0, 2, runs),
        precision=rng.uniform(10.0, 100.0, (2, runs)),
        impatience=rng.uniform(0.001, 0.2, (2, runs)),
        age=rng.integers(0, 12, runs),
        third=third,
        uniform=rng.random((rounds, runs)),
        normal=rng.standard_normal((rounds, runs)),
        **(vetoes(rng, players, issues, runs) if players else {}),
    )


def vetoes(rng: Any, players: int, issues: int, runs: int) -> dict[str, Any]:
    """Veto players drawn at random, with wishes anywhere between the sides and modest needs."""
    shape = (players, issues, runs)
    salience = rng.uniform(0.05, 1.0, shape)
    wishes = rng.random(shape), salience / salience.sum(axis=1, keepdims=True), rng.uniform(0.3, 1.2, shape)
    needs = rng.uniform(0.0, 4.0, (players, runs)), rng.uniform(0.2, 0.6, (players, runs))
    return {"players": tuple(f"third_{number}" for number in range(players)), "veto": (*wishes, *needs)}


def pie(runs: int = 1, **changes: Any) -> Deal:
    """One linear issue between opposite poles, nothing needed, A's turn."""
    return over_issues(np.ones((2, 1)), runs, **changes)


def over_issues(salience: Any, runs: int = 1, **changes: Any) -> Deal:
    """Linear issues between opposite poles with saliences (side, issue), all on the table and open."""
    salience = np.asarray(salience, dtype=float)[:, :, None] + np.zeros(runs)
    shape = salience.shape
    none, half = np.zeros((2, runs)), np.full(shape[1:], 0.5)
    nobody = Voices(
        np.zeros((0, *shape[1:])), np.zeros((0, *shape[1:])), np.zeros((0, runs)), np.zeros((0, shape[1]), bool)
    )
    ends = np.stack([np.zeros(shape[1:]), np.ones(shape[1:])])
    deal = Deal(
        ideal_point=ends, salience=salience, red_line=np.full(shape, 2.0), steepness=none, needed=none, text=half,
        wartime=half, on_table=np.ones(shape[1], bool), open_issues=half > 0.0, bias=np.zeros(runs),
        proposer=np.zeros(runs, dtype=np.int64), precision=none + 45.0, impatience=none, age=np.zeros(runs, dtype=np.int64),
        third=nobody, uniform=np.full((4, runs), 0.5), normal=np.zeros((4, runs)),
    )  # fmt: skip
    return replace(deal, **changes)
