"""Numbers as authors write them: fixed, drawn from a distribution, with a unit and with a source.

A quantity is read once and is frozen.  It knows its support, so that a range can be refused at the door, and
its quantile function, so that one uniform number per replicate turns it into a value.  Drawing that uniform
number is not done here.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.scenario.faults import listed, shown

Array = npt.NDArray[np.float64]

FAMILIES: dict[str, tuple[str, ...]] = {
    "uniform": ("low", "high"),
    "loguniform": ("low", "high"),
    "triangular": ("low", "mode", "high"),
    "normal": ("mean", "sd", "low", "high"),
    "lognormal": ("median", "log sd", "low", "high"),
    "beta": ("a", "b"),
}
"""Distribution families and the names of their arguments, in the order in which they are written."""

LARGEST = 1e15
"""Size beyond which a number is taken for a slip of the pen."""

_WITH_UNIT = re.compile(r"^\s*([-+]?[0-9.]+(?:[eE][-+]?\d+)?)\s*(%|weeks?|/\s*week|/\s*month|/\s*year)\s*$")
_UNITS = {"%": 0.01, "week": 1.0, "weeks": 1.0, "/week": 1.0, "/month": 12 / 52, "/year": 1 / 52}


@dataclass(frozen=True)
class Quantity:
    """A number of a scenario, fixed or uncertain.

    It is read from the file, checked against the range of its place, and then only asked: for its value at a
    quantile, for its support, or for the form in which it was written.

    Parameters
    ----------
    family : str
        ``"fixed"`` or a key of `FAMILIES`.
    arguments : tuple of float
        One number for a fixed quantity, otherwise the arguments of the family.
    source : str or None
        Where a judged number comes from; ``assumed`` where nobody has measured it.
    """

    family: str
    arguments: tuple[float, ...]
    source: str | None = None

    @property
    def fixed(self) -> bool:
        """Whether every replicate gets the same value."""
        return self.family == "fixed"

    @property
    def support(self) -> tuple[float, float]:
        """Smallest and largest value that a replicate can get."""
        if self.fixed:
            return self.arguments[0], self.arguments[0]
        if self.family == "beta":
            return 0.0, 1.0
        return (self.arguments[0], self.arguments[-1]) if "normal" not in self.family else self.arguments[2:4]  # type: ignore[return-value]

    @property
    def centre(self) -> float:
        """The value at the median, for display and for a world without uncertainty."""
        return float(self.quantile(np.array([0.5]))[0])

    def quantile(self, uniform: Array) -> Array:
        """Value at each quantile; increasing in `uniform`, shape kept.

        Parameters
        ----------
        uniform : (..., run) float in (0, 1)

        >>> Quantity("triangular", (0.0, 1.0, 2.0)).quantile(np.array([0.5]))
        array([1.])
        """
        if self.fixed:
            return np.full_like(uniform, self.arguments[0])
        return _QUANTILES[self.family](uniform, *self.arguments)

    def written(self) -> Any:
        """The quantity as an author writes it, so that reading it again gives the same."""
        plain: Any = self.arguments[0] if self.fixed else {self.family: list(self.arguments)}
        if self.source is None:
            return plain
        return {"value": plain, "source": self.source} if self.fixed else {**plain, "source": self.source}


def _uniform(u: Array, low: float, high: float) -> Array:
    return low + (high - low) * u


def _loguniform(u: Array, low: float, high: float) -> Array:
    return np.exp(math.log(low) + (math.log(high) - math.log(low)) * u)


def _triangular(u: Array, low: float, mode: float, high: float) -> Array:
    width = high - low
    if width == 0:
        return np.full_like(u, low)
    left = np.sqrt(u * width * (mode - low)) + low
    right = high - np.sqrt((1 - u) * width * (high - mode))
    return np.where(u * width < mode - low, left, right)


def _normal(u: Array, mean: float, sd: float, low: float, high: float) -> Array:
    from scipy.special import ndtr, ndtri

    if sd == 0:
        return np.full_like(u, mean)
    bottom, top = ndtr((low - mean) / sd), ndtr((high - mean) / sd)
    return np.asarray(np.clip(mean + sd * ndtri(bottom + (top - bottom) * u), low, high))


def _lognormal(u: Array, median: float, log_sd: float, low: float, high: float) -> Array:
    return np.exp(_normal(u, math.log(median), log_sd, math.log(low), math.log(high)))


def _beta(u: Array, a: float, b: float) -> Array:
    from scipy.special import betaincinv

    return np.asarray(betaincinv(a, b, u))


_QUANTILES: dict[str, Callable[..., Array]] = {
    "uniform": _uniform,
    "loguniform": _loguniform,
    "triangular": _triangular,
    "normal": _normal,
    "lognormal": _lognormal,
    "beta": _beta,
}


def parse_quantity(written: Any) -> Quantity:
    """Quantity that an author wrote: ``0.4``, ``"40 %"``, ``{triangular: [.1, .3, .6]}``, or with a source.

    Raises
    ------
    ValueError
        With a sentence that says what was found and what is allowed.

    >>> parse_quantity("2/year").arguments[0] * 52
    2.0
    """
    if isinstance(written, Quantity):
        return written
    if isinstance(written, dict):
        return _parse_mapping(written)
    return Quantity("fixed", (_number(written),))


def _parse_mapping(written: dict[Any, Any]) -> Quantity:
    source = written.get("source")
    if source is not None and not isinstance(source, str):
        raise ValueError(f"a text is allowed as source, found {shown(source)}")
    keys = [key for key in written if key != "source"]
    if len(keys) != 1 or keys[0] not in (*FAMILIES, "value"):
        raise ValueError(f"one of value, {', '.join(FAMILIES)} is allowed (and source), found {listed(keys)}")
    family = keys[0]
    if family == "value":
        return Quantity("fixed", (_number(written["value"]),), source)
    return Quantity(family, _arguments(family, written[family]), source)


def _arguments(family: str, written: Any) -> tuple[float, ...]:
    names = FAMILIES[family]
    if not isinstance(written, list | tuple) or len(written) != len(names):
        raise ValueError(f"{family} takes [{', '.join(names)}], found {_listing(written)}")
    numbers = tuple(_number(item) for item in written)
    _in_order(family, numbers)
    return numbers


def _in_order(family: str, numbers: tuple[float, ...]) -> None:
    ordered = {"uniform": numbers, "loguniform": numbers, "triangular": numbers, "beta": (0.0,)}
    rising = ordered.get(family, numbers[2:])
    if list(rising) != sorted(rising):
        raise ValueError(f"{family} takes its numbers in rising order, found {list(numbers)}")
    if family in ("loguniform", "beta") and min(numbers) <= 0:
        raise ValueError(f"{family} takes numbers above 0, found {list(numbers)}")
    if family == "lognormal" and (numbers[0] <= 0 or numbers[2] <= 0):
        raise ValueError(f"lognormal takes a median and a low above 0, found {list(numbers)}")
    if "normal" in family and numbers[1] < 0:
        raise ValueError(f"{family} takes a spread of 0 or more, found {numbers[1]:g}")
    if "normal" in family and not numbers[2] <= numbers[0] <= numbers[3]:
        raise ValueError(f"{family} takes its centre between low and high, found {list(numbers)}")


def _number(written: Any) -> float:
    if isinstance(written, bool) or not isinstance(written, int | float | str):
        raise ValueError(f"a number or a distribution is allowed, found {shown(written)}")
    if isinstance(written, str):
        return _number_with_unit(written)
    return _of_allowed_size(written)


def _number_with_unit(text: str) -> float:
    match = _WITH_UNIT.match(text)
    if match is None:
        raise ValueError(f"a number or a distribution is allowed, found {shown(text)}")
    try:
        number = float(match[1])
    except ValueError:
        raise ValueError(f"a number before the unit is allowed, found {shown(text)}") from None
    return _of_allowed_size(number * _UNITS[match[2].replace(" ", "")])


def _of_allowed_size(number: float) -> float:
    if not abs(number) <= LARGEST:
        raise ValueError(f"a number of at most {LARGEST:g} in size is allowed, found {shown(number)}")
    return float(number)


def _listing(found: Any) -> str:
    return f"[{listed(found)}]" if isinstance(found, list | tuple) else shown(found)
