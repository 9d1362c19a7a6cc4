"""The index of the theory names every file, with its own first sentence and the sources that it cites.

`python -m tests.theory.test_index` writes it anew.
"""

import ast
import re
import textwrap
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "sim" / "theory"
HEAD = """Theory: pure functions of arrays, one idea a file, each with its source.

File, what it holds, sources (keys of ``references.md``)."""


def sources(tree):
    """Keys that the docstrings of a file cite, sorted."""
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef)
    texts = [ast.get_docstring(node) or "" for node in ast.walk(tree) if isinstance(node, kinds)]
    return sorted({key for text in texts for key in re.findall(r"\[(\w+)\]_", text)})


def entry(path):
    """Lines of a file in the index."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said = " ".join((ast.get_docstring(tree) or "").split("\n\n")[0].split())
    first = re.match(r".+?\.(?= |$)", said)
    assert first, f"{path.name} does not open with a sentence"
    named = f" {', '.join(sources(tree)) or 'By design'}."
    return textwrap.fill(f"{path.stem}: {first[0]}{named}", 116, subsequent_indent="    ")


def index():
    """The docstring that the package should have."""
    files = sorted(path for path in FOLDER.glob("*.py") if path.stem != "__init__")
    return f"{HEAD}\n\n" + "\n".join(map(entry, files)) + "\n"


def test_the_index_is_that_of_the_files():
    package = ast.parse((FOLDER / "__init__.py").read_text(encoding="utf-8"))
    assert (ast.get_docstring(package, clean=False) or "") == index()


def test_every_file_but_plumbing_names_a_source():
    without = [path.stem for path in sorted(FOLDER.glob("*.py")) if not sources(ast.parse(path.read_text("utf-8")))]
    assert without == ["__init__", *PLUMBING]


PLUMBING = ["aid", "arrays", "humanitarian", "lookup", "rankings", "text_likeness", "ties"]
"""Files without a source: arrays, tables and searches, and rules that are the design's own."""

if __name__ == "__main__":
    (FOLDER / "__init__.py").write_text(f'"""{index()}"""\n', encoding="utf-8")
