"""Every source named in a docstring stands in the list of references."""

import ast
import re
from pathlib import Path

import pytest

CITED = re.compile(r"\[(\w+)\]_")
ENTRY = re.compile(r"- (\w+): (.+\.)")
DATED = re.compile(r"[A-Za-z]+(\d{4})")


@pytest.fixture(scope="module")
def entries(root: Path) -> list[re.Match[str]]:
    lines = (root / "sim" / "theory" / "references.md").read_text(encoding="utf-8").splitlines()
    items = [line for line in lines if line.startswith("- ")]
    matches = [ENTRY.fullmatch(line) for line in items]
    assert [line for line, match in zip(items, matches, strict=True) if match is None] == []
    return [match for match in matches if match is not None]


def cited(root: Path) -> set[tuple[str, str]]:
    """(key, file) of every citation in a docstring."""
    found = set()
    for path in sorted((root / "sim").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                found |= {(key, path.name) for key in CITED.findall(ast.get_docstring(node) or "")}
    return found


def test_every_key_in_a_docstring_resolves(root, entries):
    known = {entry[1] for entry in entries}
    citations = cited(root)
    assert ("Nash1950", "frontier.py") in citations
    assert sorted((key, file) for key, file in citations if key not in known) == []


def test_the_list_is_sorted_and_names_nobody_twice(entries):
    keys = [entry[1] for entry in entries]
    assert keys == sorted(set(keys))


def test_a_key_carries_the_year_of_its_entry(entries):
    dated = [(match[1], entry[2]) for entry in entries if (match := DATED.fullmatch(entry[1]))]
    assert len(dated) > 40
    assert [text for year, text in dated if f" ({year}). " not in text] == []
