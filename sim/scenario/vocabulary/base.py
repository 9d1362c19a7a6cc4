"""What every record of the vocabulary shares: it is strict, frozen, and its numbers have their ranges."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    WithJsonSchema,
)

from sim.scenario.quantity import FAMILIES, Quantity, parse_quantity


class Strict(BaseModel):
    """A section of a file: unknown keys are refused, and what was read never changes."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, use_attribute_docstrings=True, arbitrary_types_allowed=True
    )


class Record(Strict):
    """A section of a scenario, which says where its numbers come from."""

    source: str | None = None
    """Where the numbers of this section come from: a key of `sources`, or `assumed` with a reason."""


def _within(low: float, high: float, *, above: bool) -> Callable[[Quantity], Quantity]:
    def check(quantity: Quantity) -> Quantity:
        bottom, top = quantity.support
        if bottom < low or top > high or (above and bottom == low):
            found = f"{bottom:g}" if bottom == top else f"{bottom:g} to {top:g}"
            raise ValueError(f"{_range(low, high, above=above)} is allowed, found {found}")
        return quantity

    return check


def _range(low: float, high: float, *, above: bool) -> str:
    if above:
        return f"a number above {low:g}"
    if math.isinf(high):
        return f"{low:g} or more" if math.isfinite(low) else "any number"
    return f"{low:g} to {high:g}"


def _schema(low: float, high: float, *, above: bool) -> dict[str, Any]:
    number: dict[str, Any] = {"type": "number"}
    number |= {"exclusiveMinimum" if above else "minimum": low} if math.isfinite(low) else {}
    number |= {"maximum": high} if math.isfinite(high) else {}
    source = {"source": {"type": "string"}}
    drawn = [
        {"type": "object", "required": [name], "additionalProperties": False,
         "properties": {name: {"type": "array", "items": {"type": ["number", "string"]},
                               "minItems": len(arguments), "maxItems": len(arguments)}, **source}}
        for name, arguments in FAMILIES.items()
    ]  # fmt: skip
    valued = {"type": "object", "required": ["value"], "additionalProperties": False,
              "properties": {"value": {"type": ["number", "string"]}, **source}}  # fmt: skip
    return {"anyOf": [number, {"type": "string", "pattern": r"^\s*[-+]?[0-9.]"}, valued, *drawn]}


def _quantity(low: float, high: float, *, above: bool = False) -> Any:
    return Annotated[
        Quantity,
        BeforeValidator(parse_quantity),
        AfterValidator(_within(low, high, above=above)),
        PlainSerializer(Quantity.written),
        WithJsonSchema(_schema(low, high, above=above)),
    ]


Number = _quantity(-math.inf, math.inf)
Positive = _quantity(0.0, math.inf)
Divisor = _quantity(0.0, math.inf, above=True)
"""A number that something is divided by, so that it cannot be 0."""

Share = _quantity(0.0, 1.0)
Signed = _quantity(-1.0, 1.0)

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
"""A key by which something is named everywhere: small letters, figures, underscores."""

Iso3 = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


def fixed(value: float) -> Quantity:
    """Fixed quantity, for defaults."""
    return Quantity("fixed", (value,))
