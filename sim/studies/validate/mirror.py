"""The mirrored world: both sides exchanged and every issue turned round lives the mirrored history."""

from __future__ import annotations

import numpy as np

from sim.experiment.histories import Event, History, history
from sim.experiment.mirrored_luck import SIGNED, MirroredLuck
from sim.studies.validate.small_worlds import LIVELY, RUNS, differing, world

NAMES = {"home": "rival", "rival": "home"}
TURNED = ("front", "offer", "nash_line")
PLAIN = (
    *LIVELY, "actors.mediator=null", "issues.territory.charter_weight=0", "issues.ceasefire.wartime=0.5",
    "shocks.slump=null",
)  # fmt: skip
"""What has no side, so that it is its own mirror image."""
ONE = {"salience": "{territory: 0.8, ceasefire: 0.2}", "red_line": "{territory: 0.75}", "trust": "0.1",
       "trustworthy": "0.6", "cost.base": "0.0012", "horizon": "60"}  # fmt: skip
OTHER = {"salience": "{territory: 0.6, ceasefire: 0.4}", "red_line": "{territory: 0.65}", "trust": "0.15",
         "trustworthy": "0.3", "cost.base": "0.0009", "horizon": "45"}  # fmt: skip


def _written(home: dict[str, str], rival: dict[str, str], share: float, drift: tuple[float, float]) -> tuple[str, ...]:
    sides = [f"actors.{name}.{key}={value}" for name, one in (("home", home), ("rival", rival))
             for key, value in one.items()]  # fmt: skip
    beliefs = [f"actors.{name}.beliefs.drift={mean}" for name, mean in zip(("home", "rival"), drift, strict=True)]
    return (*PLAIN, *sides, *beliefs, f"front.share={share}")


def mirror_differences() -> int:
    """Numbers and events in which a mirrored world differs from the mirror image of the world."""
    runs = np.arange(RUNS)
    here = history(world(*_written(ONE, OTHER, 0.55, (-0.001, 0.003))), runs)
    there = history(
        world(*_written(OTHER, ONE, 0.45, (-0.003, 0.001))), runs, turn=lambda luck: MirroredLuck(luck, SIGNED)
    )
    return differing(here, _image(there), tolerance=1e-10)


def _image(lives: History) -> History:
    """A history seen from the other side of the mirror."""
    readings = dict(lives.readings)
    for name, values in lives.readings.items():
        other = {"a": "b", "b": "a"}.get(name[-1], "") if name[-2:] in ("_a", "_b") else name[-1]
        turned = 1.0 - values if name in TURNED or name.startswith("accepts") else values
        readings[name[:-1] + other] = -turned if name.startswith("belief") else turned
    return History(lives.replicates, readings, tuple(sorted(map(_image_of, lives.events), key=lambda one: one[:4])))


def _image_of(event: Event) -> Event:
    replicate, week, kind, who, value = event
    names = ".".join(NAMES.get(part, part) for part in who.split("."))
    return replicate, week, kind, names, 1.0 - value if kind.endswith("_signed") else value
