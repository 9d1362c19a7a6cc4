"""The look of every figure: sizes, type, colours, hatches, line styles, and the page that it is drawn on.

Colours are those of Okabe and Ito, chosen so that two that meet in a figure also differ in luminance; where
colour tells things apart, a hatch, a line style or a marker does so too.  Which things are drawn is said
elsewhere, one kind of picture a file.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

COLUMN = 89.0
"""Width of one column of a journal, mm."""
PAGE = 183.0
"""Width of two columns, mm."""
MM = 1 / 25.4
"""A millimetre in inches."""

INK, FAINT, PAPER = "#1A1A1A", "#6B6B6B", "#FFFFFF"
BLUE, ORANGE, GREEN, SKY = "#0072B2", "#E69F00", "#009E73", "#56B4E9"
YELLOW, VERMILLION, PURPLE, GREY = "#F0E442", "#D55E00", "#CC79A7", "#D4D4D4"
WINTER = "#EEF1F4"
"""Ground of the winter months."""

FONT = "DejaVu Sans"
"""The family that comes with Matplotlib, so that every machine draws the same letters."""

SMALL, TEXT, TITLE = 6.0, 7.0, 8.0
"""Type sizes, points: notes; axes and labels; letters and titles of panels."""


@dataclass(frozen=True)
class Look:
    """How one kind of thing is drawn, so that colour is never alone in telling it apart.

    Parameters
    ----------
    colour : str
    line : str
        Line style.
    hatch : str
        Hatch of an area, empty for none.
    marker : str
    """

    colour: str
    line: Any = "-"
    hatch: str = ""
    marker: str = "o"


SIDES = (Look(BLUE), Look(ORANGE, (0, (4, 1.4)), "", "s"))
"""Side A and side B."""

RULES: dict[str, Any] = {
    "font.family": FONT,
    "font.size": TEXT,
    "text.color": INK,
    "text.parse_math": False,
    "axes.labelsize": TEXT,
    "axes.labelcolor": INK,
    "axes.labelpad": 3.0,
    "axes.edgecolor": INK,
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.unicode_minus": True,
    "xtick.labelsize": TEXT,
    "ytick.labelsize": TEXT,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "xtick.minor.width": 0.4,
    "ytick.minor.width": 0.4,
    "xtick.major.size": 3.0,
    "ytick.major.size": 3.0,
    "xtick.minor.size": 1.6,
    "ytick.minor.size": 1.6,
    "lines.linewidth": 1.1,
    "lines.solid_capstyle": "butt",
    "patch.linewidth": 0.5,
    "hatch.linewidth": 0.45,
    "legend.frameon": False,
    "legend.fontsize": TEXT,
    "figure.facecolor": PAPER,
    "savefig.facecolor": PAPER,
    "savefig.dpi": 200,
    "pdf.fonttype": 42,
    "pdf.compression": 6,
}
"""What differs from the defaults of Matplotlib."""

_NOT_LOOKS = (
    "backend", "webagg", "tk.", "toolbar", "interactive", "savefig.directory", "date.epoch", "docstring",
    "figure.hooks", "figure.max_open_warning", "figure.raise_window",
)  # fmt: skip


@contextmanager
def styled() -> Iterator[None]:
    """The house style, whatever the reader's own settings are; afterwards these are as they were.

    >>> with styled():
    ...     float(mpl.rcParams["font.size"])
    7.0
    """
    settings: dict[Any, Any] = {
        key: mpl.rcParamsDefault[key] for key in mpl.rcParamsDefault if not key.startswith(_NOT_LOOKS)
    }
    with mpl.rc_context(settings | RULES):
        yield


class Plate(Figure):
    """A figure that notebooks show by itself, in the house style.

    It is made by `page`, filled by the file of its kind of picture, and saved by whoever asked for it.
    """

    def _repr_png_(self) -> bytes:
        picture = io.BytesIO()
        with styled():
            self.savefig(picture, format="png")
        return picture.getvalue()


@dataclass(frozen=True)
class Margins:
    """Room around and between panels, mm."""

    left: float = 14.0
    right: float = 3.0
    top: float = 7.0
    bottom: float = 12.5
    across: float = 18.0
    down: float = 14.0


def page(
    width: float,
    heights: Sequence[float],
    *,
    notes: Sequence[str],
    widths: Sequence[float] = (1.0,),
    margins: Margins = Margins(),
    sharex: Any = False,
) -> tuple[Figure, list[list[Axes]]]:
    """An empty figure of exact size with a grid of panels, and its notes at the foot.

    Parameters
    ----------
    width : float
        Width of the whole, mm.
    heights : sequence of float
        Height of each row of panels, mm.
    notes : sequence of str
        Sentences at the foot; each begins a line and is wrapped to the width.
    widths : sequence of float
        Widths of the columns relative to one another.
    margins : Margins
    sharex : bool or str
        As in `matplotlib.figure.Figure.subplots`.

    Returns
    -------
    The figure, and its panels by row and column.
    """
    lines = wrapped(notes, width)
    foot = 2.0 + 2.75 * len(lines)
    gaps = margins.down * (len(heights) - 1)
    height = margins.top + sum(heights) + gaps + margins.bottom + foot
    figure = Plate(figsize=(width * MM, height * MM), dpi=100)
    inner = width - margins.left - margins.right - margins.across * (len(widths) - 1)
    axes = figure.subplots(
        len(heights), len(widths), squeeze=False, sharex=sharex,
        gridspec_kw={
            "left": margins.left / width, "right": 1 - margins.right / width,
            "top": 1 - margins.top / height, "bottom": (margins.bottom + foot) / height,
            "wspace": margins.across / (inner / len(widths)),
            "hspace": margins.down / (sum(heights) / len(heights)),
            "width_ratios": widths, "height_ratios": heights,
        },
    )  # fmt: skip
    figure.text(2 / width, 1.2 / height, "\n".join(lines), size=SMALL, color=FAINT, va="bottom", linespacing=1.25)
    return figure, [list(row) for row in axes]


def wrapped(notes: Sequence[str], width: float) -> list[str]:
    """Sentences of the foot as lines that fit a width in mm, as wide as the letters of each word are.

    Letters stand on whole pixels, so that a line is up to two in a hundred longer at some resolutions.
    """
    room = 0.98 * (width - 4)
    return [line for note in notes if note for line in _lines(note.replace(" %", "\u00a0%").split(" "), room)]


def _lines(words: Sequence[str], room: float) -> list[str]:
    lines, space = [words[0]], _length(" ")
    taken = _length(words[0])
    for word in words[1:]:
        long = _length(word)
        if taken + space + long <= room:
            lines[-1] += " " + word
            taken += space + long
        else:
            lines.append(word)
            taken = long
    return lines


def _length(text: str) -> float:
    """How long a text of the foot is, mm."""
    type_ = FontProperties(family=FONT, size=SMALL)
    points: float = text_to_path.get_text_width_height_descent(text, type_, ismath=False)[0]
    return points / 72 / MM


def title(axes: Axes, letter: str, words: str, pad: float = 5.0, left: float = 0.0) -> None:
    """Letter in bold and title of a panel, above its upper left corner.

    Parameters
    ----------
    pad, left : float
        How far above and how far to the left, points.
    """
    style: dict[str, Any] = {
        "xycoords": "axes fraction", "textcoords": "offset points", "size": TITLE, "va": "baseline",
    }  # fmt: skip
    axes.annotate(letter, (0.0, 1.0), (-left, pad), weight="bold", **style)
    axes.annotate(words, (0.0, 1.0), (13.0 - left, pad), **style)
