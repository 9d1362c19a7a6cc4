"""Whatever is done to a scenario file, reading it gives a scenario or a list of faults, and nothing else."""

import copy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.scenario import InputFault, Scenario, dump, load, unsourced
from sim.scenario.checking import check
from sim.scenario.table_files import Shelf
from sim.scenario.yaml_door import read_mapping

ROOT = Path(__file__).resolve().parents[2]
TOY = (ROOT / "scenarios" / "toy-two-sides" / "scenario.yaml").read_bytes()
TABLES = ROOT / "tests" / "bad_scenarios" / "000-good-tables"
GOOD = (TABLES.parent / "000-good.yaml").read_bytes() + b"\n".join(
    line
    for line in (TABLES / "scenario.yaml").read_bytes().splitlines()
    if line.startswith((b"states", b"ties", b"aid"))
)
SCALARS = [
    "NO", "on", "12:30", "1e-3", "1e308", "-1", "0", "1e-320", "999999999999999999", ".nan", "null", "~",
    "true", "2030-01-01", "9999-12-31", "0001-01-01", "[]", "{}", "[1, 2]", "''", '"\\u0000"', "north",
    "control", "front", "sanctions", "{uniform: [0, 1]}", "{uniform: [-1e15, 1e15]}",
    "{normal: [0, 0, 0, 0]}", "{beta: [1e-300, 1e15]}", "{lognormal: [1, 1e15, 1e-300, 1e15]}",
    "{triangular: [0, 0, 0]}", "{value: 1, source: x}", "{kind: state}", "*a", "&a 1",
    "!!python/name:os.system", "50 %", "..%", "2/week", "x.csv", "../x.csv", "'a/../../x.csv'", "ü",
]  # fmt: skip


def outcome(path: Path) -> Scenario | InputFault:
    """What reading gives; anything else that is raised fails the test."""
    try:
        return load(path)
    except InputFault as fault:
        return fault


@st.composite
def mangled_text(draw: st.DrawFn) -> bytes:
    """The text of a good file after a few accidents."""
    data = draw(st.sampled_from([TOY, GOOD]))
    for _ in range(draw(st.integers(1, 4))):
        data = draw(st.sampled_from([_flip, _drop_line, _swap_lines, _double_block, _replace_scalar, _indent]))(
            draw, data
        )
    return data


def _flip(draw, data):
    place = draw(st.integers(0, len(data) - 1))
    return data[:place] + bytes([draw(st.integers(0, 255))]) + data[place + 1 :]


def _drop_line(draw, data):
    lines = data.splitlines(keepends=True)
    del lines[draw(st.integers(0, len(lines) - 1))]
    return b"".join(lines)


def _swap_lines(draw, data):
    lines = data.splitlines(keepends=True)
    one, other = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
    lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


def _double_block(draw, data):
    lines = data.splitlines(keepends=True)
    start = draw(st.integers(0, len(lines) - 1))
    block = lines[start : start + draw(st.integers(1, 8))]
    place = draw(st.integers(0, len(lines)))
    return b"".join(lines[:place] + block + lines[place:])


def _replace_scalar(draw, data):
    lines = data.splitlines(keepends=True)
    place = draw(st.integers(0, len(lines) - 1))
    key, colon, _ = lines[place].partition(b":")
    lines[place] = key + colon + b" " + draw(st.sampled_from(SCALARS)).encode() + b"\n"
    return b"".join(lines)


def _indent(draw, data):
    lines = data.splitlines(keepends=True)
    place = draw(st.integers(0, len(lines) - 1))
    lines[place] = b" " * draw(st.integers(1, 4)) + lines[place]
    return b"".join(lines)


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    folder = tmp_path_factory.mktemp("mangled")
    for table in TABLES.glob("*.csv"):
        (folder / table.name).write_bytes(table.read_bytes())
    return folder / "scenario.yaml"


@given(data=mangled_text())
def test_a_mangled_text_is_a_scenario_or_a_list_of_faults(file, data):
    file.write_bytes(data)
    read = outcome(file)
    if isinstance(read, InputFault):
        assert len(str(read).splitlines()) == len(read.faults) + 1 >= 2
    else:
        assert isinstance(unsourced(read), list)


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**18), 10**18)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.dates()
    | st.sampled_from(["north", "control", "front", "sanctions", "A", "state", "mediator", "toy", "x.csv", "40 %", ""])
    | st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=5),
    lambda inner: (
        st.tuples(inner, inner)
        | st.dictionaries(
            st.sampled_from(
                ["kind", "source", "uniform", "normal", "value", "north", "share", "extends", "tables", "a b"]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=5,
)


@st.composite
def mangled_tree(draw: st.DrawFn) -> dict:
    """The tree of a good file with a few branches replaced, taken away, renamed or copied elsewhere."""
    tree = copy.deepcopy(read_mapping(draw(st.sampled_from([TOY, GOOD])), "good"))
    for _ in range(draw(st.integers(1, 3))):
        branches = list(_branches(tree))
        mapping, key = draw(st.sampled_from(branches))
        value = mapping.pop(key, None)
        what = draw(st.sampled_from(["replace", "drop", "rename", "copy"]))
        if what == "replace":
            mapping[key] = draw(VALUES)
        elif what == "rename":
            mapping[draw(st.sampled_from(["x", "north", "kind", "source", f"{key}x"]))] = value
        elif what == "copy":
            other, place = draw(st.sampled_from(branches))
            mapping[key] = value
            other[place] = copy.deepcopy(value)
    return tree


def _branches(tree):
    for key, value in tree.items():
        yield tree, key
        if isinstance(value, dict):
            yield from _branches(value)


@given(tree=mangled_tree())
def test_a_mangled_tree_is_a_scenario_that_can_be_written_or_a_list_of_faults(tree):
    shelf = Shelf((TABLES.resolve(),))
    checked = check(tree, shelf)
    assert (checked.scenario is None) == bool(checked.faults)
    if checked.scenario is not None:
        again = read_mapping(dump(checked.scenario).encode(), "again")
        assert check(again, shelf).scenario == checked.scenario


@given(data=st.data(), name=st.sampled_from(["states.csv", "ties.csv", "donors.csv"]))
def test_a_mangled_table_is_a_table_or_a_list_of_faults(tmp_path_factory, data, name):
    folder = tmp_path_factory.mktemp("tables")
    for table in TABLES.glob("*.csv"):
        (folder / table.name).write_bytes(table.read_bytes())
    text = (TABLES / name).read_bytes()
    for _ in range(data.draw(st.integers(1, 3))):
        text = data.draw(st.sampled_from([_flip, _drop_line, _swap_lines, _double_block]))(data.draw, text) or b"x"
    (folder / name).write_bytes(text)
    (folder / "scenario.yaml").write_bytes(GOOD)
    read = outcome(folder)
    assert read.faults if isinstance(read, InputFault) else read.tables.states is not None
