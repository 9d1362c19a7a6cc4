"""The plan of the house: who may import whom, which library enters where, and how large a piece may grow."""

import ast
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

pytestmark = pytest.mark.newest

LONGEST_FILE = 400
LONGEST_FUNCTION = 60

RUNNING = {"theory", "scenario", "randomness", "record", "world", "experiment", "studies"}
READING = {"analysis", "figures", "report", "view"}
MAY_IMPORT = {
    "theory": set(),
    "scenario": set(),
    "randomness": set(),
    "record": {"scenario"},
    "world": {"theory", "scenario", "randomness", "record"},
    "experiment": {"world", "scenario", "record", "randomness"},
    "analysis": {"theory", "record"},
    "studies": {"experiment", "analysis", "scenario", "record", "theory"},
    "figures": {"analysis", "record"},
    "report": RUNNING | {"analysis", "figures"},
    "view": RUNNING | {"analysis", "figures"},
    "cli": RUNNING | READING,
    "__init__": RUNNING | READING,
    "__main__": {"cli"},
}

READERS_OF_TABLES = {"record", "experiment", "analysis", "studies", "figures", "report", "view", "cli"}
ENTERS_AT = {
    "numpy": set(MAY_IMPORT) - {"__init__", "__main__"},
    "scipy": {"theory", "scenario", "world", "experiment", "analysis", "studies"},
    "networkx": {"theory", "world", "figures", "scenario.graphs"},
    "mesa": {"world.model", "world.agents", "view"},
    "matplotlib": {"figures"},
    "pydantic": {"scenario"},
    "pydantic_core": {"scenario"},
    "ruamel": {"scenario"},
    "click": {"cli", "experiment"},
    "tqdm": {"cli", "experiment"},
    "pandas": READERS_OF_TABLES,
    "pyarrow": READERS_OF_TABLES - {"view", "cli"},
    "loky": {"experiment"},
    "distributed": {"experiment"},
    "SALib": {"experiment", "analysis"},
    "sklearn": {"analysis"},
    "optuna": {"studies"},
    "jinja2": {"report"},
    "solara": {"view"},
}
"""Where a library may be imported: a room or a file of it. A library not named here enters nowhere."""


@dataclass(frozen=True)
class Module:
    """One file of `sim`, named without the leading `sim.`; the face is `__init__`."""

    name: str
    source: str

    @property
    def room(self) -> str:
        return self.name.split(".")[0]

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.source)

    @cached_property
    def imports(self) -> list[tuple[str, str | None]]:
        """(module, name taken from it or None), wherever in the file: deferred and type-only ones too."""
        found: list[tuple[str, str | None]] = []
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found += [(alias.name, None) for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                found += [("." * node.level + (node.module or ""), alias.name) for alias in node.names]
        return found


def read_house(folder: Path) -> dict[str, Module]:
    house = {}
    for path in sorted(folder.rglob("*.py")):
        parts = path.relative_to(folder).with_suffix("").parts
        name = ".".join(parts[:-1] if len(parts) > 1 and parts[-1] == "__init__" else parts)
        house[name] = Module(name, path.read_text(encoding="utf-8"))
    return house


def faults_of_rooms(house: Mapping[str, Module]) -> Iterator[str]:
    """Imports within `sim` that the table does not allow, the face among them."""
    for module in house.values():
        if module.room not in MAY_IMPORT:
            yield f"{module.name}: no such room in the plan"
            continue
        for source, _ in module.imports:
            if source.startswith("."):
                yield f"{module.name}: relative import of {source}"
            elif source == "sim":
                yield f"{module.name}: imports from the face"
            elif source.startswith("sim."):
                room = source.split(".")[1]
                if room not in MAY_IMPORT[module.room] | {module.room}:
                    yield f"{module.name}: imports {source}"


def faults_of_libraries(house: Mapping[str, Module]) -> Iterator[str]:
    """Outside libraries that enter where they should not."""
    for module in house.values():
        for library in sorted({source.split(".")[0] for source, _ in module.imports}):
            outside = library and library != "sim" and library not in sys.stdlib_module_names
            if outside and not ENTERS_AT.get(library, set()) & {module.room, module.name}:
                yield f"{module.name}: imports {library}"


def circle(house: Mapping[str, Module]) -> list[str]:
    """A circle of imports, deferred ones included, as the list of its files; empty if there is none."""
    graph = {
        name: {
            f"{source}.{taken}".removeprefix("sim.")
            if f"{source}.{taken}".removeprefix("sim.") in house
            else source.removeprefix("sim.")
            for source, taken in module.imports
            if source.startswith("sim.")
        }
        for name, module in house.items()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return error.args[1]
    return []


def _is_random(imported: tuple[str, str | None]) -> bool:
    return imported[0] == "random" or imported[0].startswith("numpy.random")


def faults_of_luck(house: Mapping[str, Module]) -> Iterator[str]:
    """Random numbers that do not come from `sim.randomness`; a seeded generator may resample a result."""
    may_resample = {"analysis", "experiment", "studies"}
    for module in house.values():
        if module.name != "randomness" and any(map(_is_random, module.imports)):
            yield f"{module.name}: imports a random module"
        if module.name == "randomness":
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Attribute) and ast.unparse(node.value) in {"np.random", "numpy.random"}:
                allowed = {"default_rng", "Generator"} if module.room in may_resample else {"Generator"}
                if node.attr not in allowed or module.room == "theory":
                    yield f"{module.name}:{node.lineno}: uses {ast.unparse(node)}"


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def lines_of_body(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def faults_of_size(house: Mapping[str, Module]) -> Iterator[str]:
    for module in house.values():
        lines = len(module.source.splitlines())
        if lines > LONGEST_FILE:
            yield f"{module.name}: {lines} lines"
        for function in functions(module.tree):
            if lines_of_body(function) > LONGEST_FUNCTION:
                yield f"{module.name}.{function.name}: {lines_of_body(function)} lines"


def public_things(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """Public functions and classes of a file, and the public methods of its public classes."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield node
            yield from (inner for inner in public_things(ast.Module(node.body, [])))
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            yield node


def faults_of_docstrings(house: Mapping[str, Module]) -> Iterator[str]:
    for module in house.values():
        if module.source.strip() and not ast.get_docstring(module.tree):
            yield f"{module.name}: the file does not say what lives in it"
        for thing in public_things(module.tree):
            repeats = {ast.unparse(mark).split(".")[-1] for mark in thing.decorator_list} & {
                "overload",
                "setter",
            }
            if not ast.get_docstring(thing) and not repeats:
                yield f"{module.name}.{thing.name}: no docstring"


@pytest.fixture(scope="module")
def house(root: Path) -> dict[str, Module]:
    house = read_house(root / "sim")
    assert "randomness" in house
    return house


RULES = [faults_of_rooms, faults_of_libraries, faults_of_luck, faults_of_size, faults_of_docstrings]


@pytest.mark.parametrize("rule", RULES)
def test_the_house_keeps_the_rule(house, rule):
    assert list(rule(house)) == []


def test_no_imports_run_in_a_circle(house):
    assert circle(house) == []


LONG = 'def f():\n    """."""\n' + "    x = 1\n" * 61


@pytest.mark.parametrize(
    ("rule", "name", "source", "fault"),
    [
        (
            faults_of_rooms,
            "theory.a",
            "def f():\n import sim.world.state",
            "theory.a: imports sim.world.state",
        ),
        (faults_of_rooms, "record.a", "from sim import load", "record.a: imports from the face"),
        (faults_of_rooms, "record.a", "from .files import x", "record.a: relative import of .files"),
        (faults_of_rooms, "helpers", "", "helpers: no such room in the plan"),
        (faults_of_libraries, "world.engine", "import mesa", "world.engine: imports mesa"),
        (faults_of_libraries, "cli", "def f():\n import matplotlib.pyplot", "cli: imports matplotlib"),
        (faults_of_libraries, "record.a", "import yaml", "record.a: imports yaml"),
        (faults_of_luck, "world.a", "np.random.seed(1)", "world.a:1: uses np.random.seed"),
        (faults_of_luck, "world.a", "import random", "world.a: imports a random module"),
        (faults_of_size, "world.a", "x = 1\n" * 401, "world.a: 401 lines"),
        (faults_of_size, "world.a", LONG, "world.a.f: 61 lines"),
        (faults_of_docstrings, "theory.a", '"""."""\ndef f(): ...', "theory.a.f: no docstring"),
        (faults_of_docstrings, "theory.a", "x = 1", "theory.a: the file does not say what lives in it"),
    ],
)
def test_a_broken_rule_is_seen(rule, name, source, fault):
    assert list(rule({name: Module(name, source)})) == [fault]


@pytest.mark.parametrize(
    ("rule", "name", "source"),
    [
        (faults_of_rooms, "world.a", "from sim.theory import voting\nfrom sim.world.state import World"),
        (faults_of_libraries, "world.model", "import mesa\nimport json\nfrom numpy import typing"),
        (faults_of_luck, "analysis.a", "def f(seed): return np.random.default_rng(seed)"),
        (faults_of_size, "world.a", LONG.replace("    x = 1\n", "", 1)),
        (faults_of_docstrings, "theory.a", '"""."""\ndef _f(): ...'),
    ],
)
def test_a_rule_that_is_kept_is_seen_as_kept(rule, name, source):
    assert list(rule({name: Module(name, source)})) == []


def test_a_deferred_circle_is_seen():
    first = Module("theory.a", "def f():\n    from sim.theory import b")
    second = Module("theory.b", "from sim.theory.a import f")
    assert set(circle({"theory": Module("theory", ""), "theory.a": first, "theory.b": second})) == {
        "theory.a",
        "theory.b",
    }
