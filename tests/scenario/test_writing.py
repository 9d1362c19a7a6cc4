"""Writing down what was read: the same scenario again (law M13)."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.scenario import dump, load
from sim.scenario.quantity import parse_quantity
from sim.scenario.writing import tree_of
from sim.scenario.yaml_door import read_mapping

ROOT = Path(__file__).resolve().parents[2]
TOY = ROOT / "scenarios" / "toy-two-sides"
WITH_TABLES = ROOT / "tests" / "bad_scenarios" / "000-good-tables"
READ = load(TOY)
TEXTS = [
    "NO",
    "on",
    "1e-3",
    "12:30",
    "2030-01-01",
    "null",
    "- a",
    "# a",
    "",
    " a ",
    "a\nb",
    "0x1",
    "\u200d",
    "\u2028",
]
SHIPPED = sorted(file.parent for file in (ROOT / "scenarios").glob("*/scenario.yaml"))


def written(scenario, folder: Path) -> Path:
    """Folder that holds a scenario and its tables as a result does."""
    (folder / "scenario.yaml").write_text(dump(scenario), encoding="utf-8")
    for name, text in scenario.tables.texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


@pytest.mark.parametrize("path", [*SHIPPED, WITH_TABLES], ids=lambda path: path.name)
def test_reading_what_was_written_gives_the_same(path, tmp_path):
    scenario = load(path)
    again = load(written(scenario, tmp_path))
    assert again == scenario
    assert dump(again) == dump(scenario)


@pytest.mark.parametrize("variant", ["no_mediator", "no_winter_strikes"])
def test_a_variant_is_written_as_resolved(variant, tmp_path):
    scenario = load(TOY, variants=[variant], overrides=["front.share={triangular: [0.3, 0.4, 0.6], source: toy}"])
    assert load(written(scenario, tmp_path)) == scenario


def test_sections_come_in_the_order_of_the_vocabulary():
    scenario = load(TOY)
    keys = list(read_mapping(dump(scenario).encode(), "again"))
    assert keys == [key for key in type(scenario).model_fields if key in keys]
    assert keys == list(tree_of(scenario))


def test_nothing_that_is_only_a_default_is_written():
    assert "ripeness" not in dump(load(TOY))
    assert "tables" not in tree_of(load(WITH_TABLES))


@given(text=st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1) | st.sampled_from(TEXTS))
def test_any_text_comes_back(text):
    scenario = READ.model_copy(update={"title": text, "question": text})
    again = read_mapping(dump(scenario).encode(), "again")
    assert (again["title"], again["question"]) == (text, text)


@given(number=st.floats(0, 1))
def test_any_number_comes_back(number):
    share = parse_quantity(number)
    scenario = READ.model_copy(update={"front": READ.front.model_copy(update={"share": share})})
    assert read_mapping(dump(scenario).encode(), "again")["front"]["share"] == number
