"""How a result finds who draws it, without knowing figures: a socket that the face fills.

Results may be read without the room that draws, and imports run from figures to results and never back; so
the face, which may know both, plugs the one into the other.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Painter = Callable[[Any, str], Any]


def nobody(_result: Any, name: str) -> Any:
    """Stands in while nothing is plugged in.

    Raises
    ------
    RuntimeError
        Always.
    """
    raise RuntimeError(f"nothing draws figures here, so {name} cannot be drawn; import sim first")


painter: list[Painter] = [nobody]
"""Who draws: one entry, replaced by the face."""
