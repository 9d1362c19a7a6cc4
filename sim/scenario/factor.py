"""A factor of an experiment as authors write it: a list of values, a range, or a distribution.

It turns shares between 0 and 1, as designs are made of, into values of its number.  Designs are not known here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.scenario.faults import listed, shown
from sim.scenario.quantity import FAMILIES, Quantity, parse_quantity

Array = npt.NDArray[np.float64]

LEVELS = 3
MOST_LEVELS = 1000
MOST_LETTERS = 60


@dataclass(frozen=True)
class Factor:
    """What a number is moved over.

    Parameters
    ----------
    values : tuple of float
        In the written order; empty for a range or distribution.
    spread : Quantity or None
        The distribution; a range is a uniform one.
    levels : int
        How many values stand for a range or distribution where a design asks for values.
    label : str
        What to print for it instead of its path; it decides no number.
    """

    values: tuple[float, ...] = ()
    spread: Quantity | None = None
    levels: int = LEVELS
    label: str = field(default="", repr=False)

    @property
    def ends(self) -> tuple[float, float]:
        """Smallest and largest value."""
        return (min(self.values), max(self.values)) if self.spread is None else self.spread.support

    @property
    def grid(self) -> Array:
        """Its values in order: a range from end to end, a distribution at the middles of equal shares."""
        if self.spread is None:
            return np.array(self.values)
        if self.spread.family == "uniform":
            low, high = self.spread.arguments
            return np.linspace(low, high, self.levels)
        return self.spread.quantile((np.arange(self.levels) + 0.5) / self.levels)

    def at(self, share: Array) -> Array:
        """Value at each share of the way, (row,); listed values have equal parts of the way.

        Parameters
        ----------
        share : (row,) float in [0, 1]

        >>> parse_factor([1, 5]).at(np.array([0.0, 0.4, 0.6, 1.0]))
        array([1., 1., 5., 5.])
        """
        if self.spread is not None:
            # At an end of a logarithmic range the exponential may be a rounding error beyond it.
            return np.clip(self.spread.quantile(share), *self.ends)
        place = np.minimum((share * len(self.values)).astype(np.intp), len(self.values) - 1)
        values: Array = np.array(self.values)[place]
        return values

    def written(self) -> Any:
        """The factor as an author writes it."""
        label = {"label": self.label} if self.label else {}
        if self.spread is None:
            return {"values": list(self.values), **label}
        family = "range" if self.spread.family == "uniform" else self.spread.family
        levels = {"levels": self.levels} if self.levels != LEVELS else {}
        return {family: list(self.spread.arguments), **levels, **label}


def parse_factor(written: Any) -> Factor:
    """Factor that an author wrote: ``[0.1, 0.5]``, ``{range: [0, 1], levels: 5}``, ``{triangular: [0, 0.2, 1]}``.

    Raises
    ------
    ValueError
        With a sentence that says what was found and what is allowed.

    >>> parse_factor({"range": (0, 1)}).grid
    array([0. , 0.5, 1. ])
    """
    if isinstance(written, Factor):
        return written
    if isinstance(written, list | tuple):
        return Factor(_values(written))
    if not isinstance(written, dict):
        raise ValueError(f"a list of values, a range or a distribution is allowed, found {shown(written)}")
    kinds = [key for key in written if key not in ("levels", "label")]
    if len(kinds) != 1 or kinds[0] not in ("values", "range", *FAMILIES):
        allowed = f"one of values, range, {', '.join(FAMILIES)} is allowed (and levels, label)"
        raise ValueError(f"{allowed}, found {listed(kinds)}")
    label = _label(written.get("label", ""))
    if kinds[0] == "values":
        if "levels" in written:
            raise ValueError("levels stands beside a range or a distribution, and not beside values")
        return Factor(_values(written["values"]), label=label)
    return Factor((), _spread(kinds[0], written[kinds[0]]), _levels(written.get("levels", LEVELS)), label)


def _label(written: Any) -> str:
    if not isinstance(written, str) or len(written) > MOST_LETTERS:
        raise ValueError(f"a label of at most {MOST_LETTERS} letters is allowed, found {shown(written)}")
    return written


def _values(written: Any) -> tuple[float, ...]:
    if not isinstance(written, list | tuple) or not written:
        raise ValueError(f"a list of at least one value is allowed, found {shown(written)}")
    read = [parse_quantity(entry) for entry in written]
    drawn = [quantity.family for quantity in read if not quantity.fixed]
    if drawn:
        raise ValueError(f"plain numbers are allowed in a list of values, found {listed(drawn)}")
    values = tuple(quantity.arguments[0] for quantity in read)
    if len(set(values)) < len(values):
        raise ValueError(f"each value once is allowed, found [{listed(f'{value:g}' for value in values)}]")
    return values


def _spread(kind: str, written: Any) -> Quantity:
    family = "uniform" if kind == "range" else kind
    try:
        quantity = parse_quantity({family: written})
    except ValueError as error:
        raise ValueError(str(error).replace("uniform", kind)) from None
    low, high = quantity.support
    if low == high:
        raise ValueError(f"a lower and a higher end is allowed, found {low:g} twice")
    return quantity


def _levels(written: Any) -> int:
    if isinstance(written, bool) or not isinstance(written, int) or not 2 <= written <= MOST_LEVELS:
        raise ValueError(f"levels from 2 to {MOST_LEVELS} are allowed, found {shown(written)}")
    return written


def factor_schema() -> dict[str, Any]:
    """JSON Schema of a factor."""
    number = {"type": ["number", "string"]}
    values = {"type": "array", "items": number, "minItems": 1}
    levels = {"type": "integer", "minimum": 2, "maximum": MOST_LEVELS}
    label = {"type": "string", "maxLength": MOST_LETTERS}
    spreads = [
        {"type": "object", "required": [name], "additionalProperties": False,
         "properties": {name: {"type": "array", "items": number, "minItems": size, "maxItems": size},
                        "levels": levels, "label": label}}
        for name, size in (("range", 2), *((name, len(words)) for name, words in FAMILIES.items()))
    ]  # fmt: skip
    listing = {
        "type": "object",
        "required": ["values"],
        "additionalProperties": False,
        "properties": {"values": values, "label": label},
    }
    return {"anyOf": [values, listing, *spreads]}
