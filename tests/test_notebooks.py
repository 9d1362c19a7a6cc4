"""Every notebook runs from its first cell to its last, with fewer runs than it shows."""

from pathlib import Path

import pytest

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("[0-9]*.ipynb"))
LONG = ("02-why-small-deals-stay-small", "03-the-assembly", "04-which-levers")
"""A hundred contrasts, a vote of every kind, or a search, take minutes even of few runs."""

CASES = [pytest.param(path, marks=pytest.mark.slow if path.stem in LONG else (), id=path.stem) for path in NOTEBOOKS]


@pytest.mark.parametrize("path", CASES)
def test_a_notebook_runs_to_its_end(path, monkeypatch):
    nbclient, nbformat = pytest.importorskip("nbclient"), pytest.importorskip("nbformat")
    monkeypatch.setenv("PARLEY_NOTEBOOK_RUNS", "48")
    notebook = nbformat.read(path, as_version=4)
    nbclient.NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(path.parent)}}).execute()
    outputs = [cell.outputs for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
    assert outputs
    assert not any(output.output_type == "error" for cell in outputs for output in cell)


def test_there_are_notebooks():
    assert NOTEBOOKS
