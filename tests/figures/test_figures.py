"""Every figure on a result with an Assembly and on one without: it is drawn, readable, repeatable."""

import itertools
import re
import warnings

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Annotation, Text

from sim.figures import FIGURES, NothingToShow, draw, draw_all, write
from sim.figures.facts import share_error
from sim.scenario import load, vary
from tests.figures.synthetic import TOY, result_of, with_states

NEED_STATES = ("assembly", "hemicycle", "flips", "network", "layers", "coalition")
TOUCH = 1.5
"""Pixels by which two boxes of type may overlap before one covers the other."""


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    return result_of(with_states(tmp_path_factory.mktemp("states")))


@pytest.fixture(scope="module")
def toy():
    return result_of(load(TOY))


@pytest.fixture(scope="module")
def drawn(full):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return {name: draw(full, name) for name in FIGURES}


def words(figure):
    """Everything that is written in a figure, with its box in pixels."""
    renderer = figure._get_renderer()
    found = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]
    boxes = [Text.get_window_extent(text, renderer) for text in found]
    shown = [
        (text, box) for text, box in zip(found, boxes, strict=True)
        if not isinstance(text, Annotation) or text._check_xy(renderer)
    ]  # fmt: skip
    ticks = {label: axis for axes in figure.axes for axis in (axes.xaxis, axes.yaxis) for label in _ticks(axis)}
    return [(text.get_text(), box) for text, box in shown if text not in ticks or _inside(text, ticks[text])]


def _ticks(axis):
    return [label for tick in (*axis.majorTicks, *axis.minorTicks) for label in (tick.label1, tick.label2)]


def _inside(text, axis):
    low, high = sorted(axis.get_view_interval())
    place = text.get_position()[0 if axis.axis_name == "x" else 1]
    return low <= place <= high


@pytest.mark.parametrize("name", FIGURES)
def test_every_axis_that_shows_numbers_says_what_they_are(drawn, name):
    for axes in drawn[name].axes:
        for axis in (axes.xaxis, axes.yaxis):
            shown = [label for label in axis.get_ticklabels() if label.get_visible() and label.get_text()]
            assert axis.label.get_text() or not shown, axes


def covering(written):
    """Pairs of words of which one covers a part of the other."""
    for (text, box), (other, its) in itertools.combinations(written, 2):
        wide = min(box.x1, its.x1) - max(box.x0, its.x0)
        high = min(box.y1, its.y1) - max(box.y0, its.y0)
        if wide >= TOUCH and high >= TOUCH:
            yield text, other


def outside(written, page):
    """Words that leave the page."""
    for text, box in written:
        if box.x0 < -1 or box.y0 < -1 or box.x1 > page.x1 + 1 or box.y1 > page.y1 + 1:
            yield text


@pytest.mark.parametrize("name", FIGURES)
def test_no_words_cover_others_or_leave_the_page(drawn, name):
    written = words(drawn[name])
    assert len(written) > 10
    assert list(covering(written)) == []
    assert list(outside(written, drawn[name].bbox)) == []


def test_words_that_cover_others_or_leave_the_page_are_seen():
    figure = Figure(figsize=(4, 2), dpi=100)
    for x, text in ((0.1, "the first words"), (0.15, "other words"), (0.9, "words at the edge")):
        figure.text(x, 0.5, text)
    figure.draw_without_rendering()
    assert list(covering(words(figure))) == [("the first words", "other words")]
    assert list(outside(words(figure), figure.bbox)) == ["words at the edge"]


@pytest.mark.parametrize("name", FIGURES)
def test_the_foot_says_where_the_numbers_come_from_and_their_error(drawn, full, name):
    foot = drawn[name].texts[0].get_text().replace("\n", " ").replace("\xa0", " ")
    assert f"Scenario {full.scenario.name}; 160 runs, seed 3; Parley " in foot
    assert re.search(r"Monte-Carlo error", foot)
    assert re.search(r"95 %|90 %", foot)


@pytest.mark.parametrize("name", FIGURES)
def test_widths_are_those_of_a_page(drawn, name):
    width, height = drawn[name].get_size_inches() * 25.4
    assert width == pytest.approx(183.0)
    assert height < 247.0


@pytest.mark.parametrize("name", [name for name in FIGURES if name not in NEED_STATES])
@pytest.mark.filterwarnings("error")
def test_a_result_without_states_shows_the_rest(toy, name):
    assert draw(toy, name).axes


@pytest.mark.parametrize("name", NEED_STATES)
def test_what_a_result_cannot_show_is_said_in_a_sentence(toy, name):
    with pytest.raises(NothingToShow, match=r"vote|states"):
        draw(toy, name)


@pytest.mark.filterwarnings("error")
def test_all_figures_are_written_or_left_out_with_a_sentence(tmp_path):
    bare = vary(
        load(TOY),
        overrides=[
            "ladder=null",
            "calendar.weeks=9",
            "calendar.signing_weeks=5",
            "calendar.standing_weeks=4",
        ],
    )
    said = []
    files = draw_all(result_of(bare, runs=1), tmp_path / "figures", said.append)
    names = [name for name in FIGURES if name not in (*NEED_STATES, "ladder")]
    assert [file.name for file in files] == [f"{name}.{kind}" for name in names for kind in ("png", "pdf")]
    assert sorted(file.name for file in (tmp_path / "figures").iterdir()) == sorted(file.name for file in files)
    assert len(said) == len(FIGURES)
    assert "ladder: left out, since the scenario has no ladder of small deals" in said


def again(full, name, folder):
    """Files of a figure that is drawn anew by a reader with another taste."""
    with mpl.rc_context({"font.size": 20.0, "xtick.major.size": 9.0, "figure.constrained_layout.use": True}):
        files = write(draw(full, name), folder / f"again-{name}")
        assert mpl.rcParams["font.size"] == 20.0
    return files


def test_drawing_again_gives_the_same_bytes_with_fonts_and_without_a_day(drawn, full, tmp_path):
    png, pdf = (file.read_bytes() for file in write(drawn["ladder"], tmp_path / "ladder"))
    assert [png, pdf] == [file.read_bytes() for file in again(full, "ladder", tmp_path)]
    assert b"/FontFile2" in pdf
    assert b"/Type3" not in pdf
    assert b"CreationDate" not in pdf
    assert b"Software" not in png
    assert int.from_bytes(png[16:20], "big") == pytest.approx(183 / 25.4 * 200, abs=1)


@pytest.mark.slow
@pytest.mark.parametrize("name", FIGURES)
def test_drawing_any_figure_again_gives_the_same_bytes(drawn, full, tmp_path, name):
    first = [file.read_bytes() for file in write(drawn[name], tmp_path / "first")]
    assert first == [file.read_bytes() for file in again(full, name, tmp_path)]


def test_a_notebook_shows_a_figure_by_itself(drawn):
    assert drawn["assembly"]._repr_png_().startswith(b"\x89PNG")


def test_an_unknown_figure_is_refused_with_a_guess(toy):
    with pytest.raises(ValueError, match="did you mean status"):
        draw(toy, "statis")
    with pytest.raises(ValueError, match="figures are status, onset"):
        draw(toy, "zzz")


def test_names_with_signs_of_formulae_are_printed_as_they_are(toy):
    odd = vary(toy.scenario, overrides=["actors.north.label=$\\frac{the$ north_{1}"])
    figure = draw(type(toy)(**{**vars(toy), "scenario": odd}), "war")
    assert any("$\\frac{the$ north_{1}" in text for text, _ in words(figure))


def test_the_largest_error_of_a_share_is_that_of_one_half():
    assert share_error(10_000) == f"±{100 * 1.96 * np.sqrt(0.25 / 10_000):.1f} points"
