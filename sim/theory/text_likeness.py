"""How alike two texts are: covariances over texts by family, by what they demand, and by time.

A text has a family (a recurring subject), a class (what it demands) and a date. A text without a class is only
background: it shares what is common to all texts and what is common to its time.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.theory.arrays import Array

Words = npt.NDArray[np.str_]
JITTER = 1e-4


@dataclass(frozen=True)
class Likeness:
    """Which texts share a family and a class, (texts, texts) of 0 and 1, and the years between them.

    `background` says which texts have no class, (texts,) of 0 and 1.
    """

    family: Array
    kind: Array
    years: Array
    background: Array

    def __len__(self) -> int:
        return len(self.background)


def likeness(families: Words, kinds: Words, years: Array) -> Likeness:
    """Likeness of texts.

    Parameters
    ----------
    families, kinds : str array, (texts,)
        Family and class of each text; the empty class marks a background text.
    years : Array, (texts,)
        Date in years.

    Returns
    -------
    Likeness

    >>> likeness(np.array(["a", "a"]), np.array(["x", ""]), np.array([0.0, 2.0])).kind.tolist()
    [[1.0, 0.0], [0.0, 0.0]]
    """
    known = kinds != ""
    return Likeness(
        (families[:, None] == families[None]).astype(np.float64),
        ((kinds[:, None] == kinds[None]) & known[:, None]).astype(np.float64),
        np.abs(years[:, None] - years[None]),
        (~known).astype(np.float64),
    )


SUPPORT_TERMS = ("common", "family", "period", "family_period", "kind_period", "years")
"""Parameters of `support_covariance`, all in logs: five deviations and a range in years."""


def support_covariance(alike: Likeness, logs: Array) -> tuple[Array, list[Array]]:
    """Covariance of a state's supports over texts, and its derivative by each parameter.

    What a state brings to every text, to a family (its stickiness on a recurring text), to a period, to a
    family in a period, and to a class of texts in a period.

    Parameters
    ----------
    alike : Likeness
    logs : Array, (6,)
        Logs of the parameters in the order of ``SUPPORT_TERMS``; deviations in units of a vote's luck.

    Returns
    -------
    covariance : Array, (texts, texts)
    derivatives : list of Array, (texts, texts)
    """
    scale = np.exp(logs[5])
    fading = np.exp(-alike.years / scale)
    shapes = (np.ones_like(fading), alike.family, fading, alike.family * fading, alike.kind * fading)
    parts = [np.exp(2.0 * log) * shape for log, shape in zip(logs[:5], shapes, strict=True)]
    total = parts[0] + parts[1] + parts[2] + parts[3] + parts[4] + JITTER * np.eye(len(alike))
    by_range = (parts[2] + parts[3] + parts[4]) * alike.years / scale
    return total, [*(2.0 * part for part in parts), by_range]


def item_covariance(alike: Likeness, deviations: dict[str, float], years: float) -> Array:
    """Covariance over texts of one of their parameters (a weight, the demand, the log of the band).

    Parameters
    ----------
    alike : Likeness
    deviations : dict
        Deviation by name: common, family, period, kind, kind_period, family_period, own, background.
    years : float
        Range of what fades with time.

    Returns
    -------
    Array, (texts, texts)
    """
    fading, one = np.exp(-alike.years / years), np.eye(len(alike))
    kind = alike.kind + alike.background[:, None] * alike.background[None]
    shapes = {
        "common": np.ones_like(fading),
        "family": alike.family,
        "period": fading,
        "kind": kind,
        "kind_period": alike.kind * fading,
        "family_period": alike.family * fading,
        "own": one,
        "background": one * alike.background,
    }
    total = np.zeros_like(fading)
    for name, deviation in deviations.items():
        total += deviation**2 * shapes[name]
    return total
