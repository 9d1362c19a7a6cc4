"""The look: legible in grey, labels that do not touch, winters where they are."""

import datetime
import itertools

import matplotlib as mpl
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_rgb

from sim.figures.assembly import VOTES
from sim.figures.bargaining import POSSIBLE, SIGNED
from sim.figures.furniture import date_axis, month_starts, spread, winters
from sim.figures.ladder import LOOKS as YEARS
from sim.figures.onset import ONSETS
from sim.figures.status import LOOKS as CONDITIONS
from sim.figures.style import COLUMN, PAGE, SIDES, page, styled, wrapped

TOGETHER = {
    "sides": SIDES,
    "conditions": CONDITIONS.values(),
    "votes": VOTES.values(),
    "onsets": [look for _, look in ONSETS.values()],
    "possible": POSSIBLE.values(),
    "signed": SIGNED.values(),
    "years": YEARS,
}


def luminance(colour):
    """Relative luminance of a colour on a screen."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)]
    return float(np.dot([0.2126, 0.7152, 0.0722], linear))


@pytest.mark.parametrize("looks", TOGETHER.values(), ids=TOGETHER)
def test_nothing_is_told_apart_by_colour_alone(looks):
    for one, other in itertools.combinations(looks, 2):
        assert (one.line, one.hatch, one.marker) != (other.line, other.hatch, other.marker)


def test_the_two_sides_differ_in_luminance():
    first, second = (luminance(look.colour) for look in SIDES)
    assert (max(first, second) + 0.05) / (min(first, second) + 0.05) > 2


@given(
    st.lists(st.tuples(st.floats(0, 100), st.floats(4, 20)), min_size=1, max_size=8),
)
def test_labels_keep_their_order_and_do_not_touch(labels):
    labels = sorted(labels)
    wanted, room = np.array(labels).T
    places = spread(wanted, room, 100.0)
    assert np.all(np.diff(places) >= (room[1:] + room[:-1]) / 2 - 1e-9)
    if room.sum() <= 100 and np.all(np.diff(wanted) >= (room[1:] + room[:-1]) / 2):
        assert np.allclose(places, wanted)
    assert places[-1] <= max(100.0, ((room[1:] + room[:-1]) / 2).sum()) + 1e-9


def test_winters_run_from_december_to_february():
    first, last = datetime.date(2026, 2, 24), datetime.date(2028, 1, 1)
    assert winters(first, last) == [
        (first, datetime.date(2026, 3, 1)),
        (datetime.date(2026, 12, 1), datetime.date(2027, 3, 1)),
        (datetime.date(2027, 12, 1), last),
    ]


@pytest.mark.parametrize("weeks", [4, 26, 60, 156, 520])
def test_a_date_axis_has_few_ticks_and_names_the_first_year(weeks):
    first = datetime.date(2026, 2, 24)
    last = first + datetime.timedelta(weeks=weeks)
    with styled():
        _, ((axes,),) = page(COLUMN, (30.0,), notes=["A note."])
        date_axis(axes, first, last)
    words = [label.get_text() for label in axes.get_xticklabels()]
    assert 1 <= len(words) <= 12
    assert words[0].endswith(("2026", "2027"))
    assert all("\n" in word for word in words if word.startswith("Jan"))


def test_months_begin_inside_the_axis():
    days = month_starts(datetime.date(2026, 2, 1), datetime.date(2027, 1, 1))
    assert days[0] == datetime.date(2026, 2, 1)
    assert days[-1] == datetime.date(2027, 1, 1)
    assert len(days) == 12


def test_a_page_is_as_wide_as_asked_and_its_panels_as_high():
    with styled():
        figure, grid = page(PAGE, (40.0, 20.0), notes=["x " * 300], widths=(1.0, 2.0))
    heights = [row[0].get_position().height * figure.get_figheight() * 25.4 for row in grid]
    widths = [axes.get_position().width for axes in grid[0]]
    assert figure.get_figwidth() * 25.4 == pytest.approx(PAGE)
    assert heights == pytest.approx([40.0, 20.0])
    assert widths[1] == pytest.approx(2 * widths[0])


def test_notes_do_not_part_a_number_from_its_per_cent():
    lines = wrapped(["word " * 10 + "95 % " * 40], COLUMN)
    assert len(lines) > 1
    assert not any(one.startswith("%") for one in lines)


@pytest.mark.parametrize("dpi", [100, 200, 600])
@pytest.mark.parametrize("letters", ["1,024 ", "little while ", "WORM "])
def test_notes_fill_their_lines_and_stay_on_the_page(letters, dpi):
    with styled():
        figure, _ = page(PAGE, (20.0,), notes=[letters * 60])
        figure.set_dpi(dpi)
        foot = figure.texts[0].get_window_extent()
    assert 0.88 * PAGE < foot.width / figure.dpi * 25.4 < PAGE - 2


def test_the_style_leaves_the_readers_own_as_it_was():
    with mpl.rc_context({"lines.linewidth": 7.0}):
        with styled():
            assert mpl.rcParams["lines.linewidth"] == 1.1
        assert mpl.rcParams["lines.linewidth"] == 7.0
