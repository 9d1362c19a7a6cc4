"""A result is played again, and what is not the same is named."""

import json
import shutil

import pandas as pd
import pyarrow.parquet as pq
import pytest

from sim.experiment.execution import run
from sim.experiment.sweep import sweep
from sim.record.folder import FolderFault
from sim.record.manifest import sha256
from sim.record.result import Result, parquet
from sim.studies import reproduce as module
from sim.studies.compare import compare
from sim.studies.explain import discover, sensitivity
from sim.studies.reproduce import changes_since, difference, read_manifest, reproduce, runs_of
from tests.experiments import MONITORING, experiment
from tests.toys import SHORT, toy


@pytest.fixture(scope="module")
def ensemble(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ensemble") / "r"
    run(toy(), 12, seed=3, variants=["no_mediator"], overrides=["front.share=0.4"]).save(folder)
    return folder


@pytest.fixture(scope="module")
def swept(tmp_path_factory):
    return sweep(experiment(replicates=10), toy(()), out=tmp_path_factory.mktemp("sweep") / "r").folder


def forged(folder, copy, name, change):
    """A copy of a result in which a table was changed, and its manifest with it."""
    shutil.copytree(folder, copy)
    table = change(pq.read_table(folder / f"{name}.parquet").to_pandas())
    data = parquet(table)
    (copy / f"{name}.parquet").write_bytes(data)
    made = json.loads((copy / "manifest.json").read_text())
    made["files"][f"{name}.parquet"] = sha256(data)
    made["versions"]["numpy"] = "1.0"
    made["code"]["sha256"] = "0" * 64
    (copy / "manifest.json").write_text(json.dumps(made))
    return copy


@pytest.mark.parametrize("kind", ["ensemble", "swept"])
def test_the_same_version_gives_the_same_numbers(kind, request):
    told = []
    found = reproduce(request.getfixturevalue(kind), progress=told.append)
    assert found.same
    assert str(found).endswith("Every number is the same.")
    assert sum(told) in (12, 60)


def test_what_differs_is_named_table_by_table(ensemble, tmp_path):
    folder = forged(ensemble, tmp_path / "r", "runs", lambda runs: runs.assign(talks=runs["talks"] + 1))
    found = reproduce(folder)
    assert [table.name for table in found.tables if not table.same] == ["runs"]
    assert "12 of " in found.tables[0].difference
    assert "first talks in row 0" in found.tables[0].difference
    assert "by 1 at most" in found.tables[0].difference
    assert any(change.startswith("numpy: 1.0 then, ") for change in found.changes)
    assert any(change.startswith("the code of Parley differs") for change in found.changes)


def test_a_changed_number_of_a_sweep_is_found(swept, tmp_path):
    def change(runs):
        runs.loc[7, "front"] += 0.25
        return runs

    found = reproduce(forged(swept, tmp_path / "r", "runs", change))
    assert not found.same
    assert found.tables[1].difference.startswith("1 of ")
    assert found.tables[1].difference.endswith("by 0.25 at most")


def test_nothing_to_tell_where_nothing_changed(ensemble):
    assert list(changes_since(read_manifest(ensemble))) == []


def test_numbers_that_moved_without_a_change_are_said_to_have(ensemble, monkeypatch, tmp_path):
    folder = forged(ensemble, tmp_path / "r", "runs", lambda runs: runs.assign(talks=runs["talks"] + 1))
    monkeypatch.setattr(module, "changes_since", lambda _: iter(()))
    assert "nothing that the manifest tells of has changed" in str(reproduce(folder))


@pytest.mark.parametrize(
    ("then", "now", "told"),
    [
        ({"a": [1, 2]}, {"a": [1, 2]}, ""),
        ({"a": [1, None]}, {"a": [1, None]}, ""),
        ({"a": [1.0, None]}, {"a": [1.0, 2.0]}, "1 of 2 numbers differ, first a in row 1: nan then, 2.0 now"),
        ({"a": [1]}, {"a": [1, 2]}, "2 rows now"),
        ({"a": [1], "b": [1]}, {"a": [1], "c": [1]}, "other columns now, without b and with new c"),
        ({"a": ["x"]}, {"a": ["y"]}, "1 of 1 numbers differ, first a in row 0: x then, y now"),
        ({"a": [True]}, {"a": [False]}, "1 of 1 numbers differ, first a in row 0: True then, False now"),
    ],
)
def test_a_difference_is_said_in_words(then, now, told):
    assert difference(pd.DataFrame(then), pd.DataFrame(now)).startswith(told)
    assert bool(difference(pd.DataFrame(then), pd.DataFrame(now))) == bool(told)


def test_what_cannot_be_played_again_is_refused(ensemble, tmp_path):
    with pytest.raises(FolderFault, match="holds no result"):
        reproduce(tmp_path)
    shutil.copytree(ensemble, tmp_path / "r")
    made = json.loads((ensemble / "manifest.json").read_text())
    for change, told in (({"missing": [[0, 3]]}, "lacks replicates"), ({"kind": "riddle"}, "of a kind that cannot")):
        (tmp_path / "r" / "manifest.json").write_text(json.dumps({**made, **change}))
        with pytest.raises(FolderFault, match=told):
            reproduce(tmp_path / "r")
    (tmp_path / "r" / "manifest.json").write_text("{")
    with pytest.raises(FolderFault, match="damaged"):
        reproduce(tmp_path / "r")


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    folder = tmp_path_factory.mktemp("compared") / "c"
    compare(toy(()), ["no_mediator", "no_winter_strikes"], 8, seed=3, overrides=SHORT).save(folder)
    return folder


@pytest.mark.parametrize("kind", ["of_sweep", "of_ensemble", "boxes"])
def test_what_explains_runs_is_made_again_of_runs_played_again(kind, ensemble, tmp_path):
    if kind == "of_ensemble":
        study = sensitivity(Result.load(ensemble), "weeks_at_war")
    else:
        rows = {"kind": "latin_hypercube", "rows": 42} if kind == "boxes" else {"kind": "one_at_a_time"}
        factors = {"front.share": {"range": (0.3, 0.7)}, MONITORING: {"range": (0.2, 0.9)}}
        asked = experiment(replicates=4, design=rows, factors=factors, variants=("no_mediator", "baseline"))
        played = sweep(asked, toy(()))
        explain = discover if kind == "boxes" else sensitivity
        middle = played.runs["front"].median()
        study = explain(played, f"front>{middle}", seed=2, variant="baseline", labels={MONITORING: "watchers"})
    study.save(tmp_path / "s")
    found = reproduce(tmp_path / "s")
    assert found.same, found
    assert {table.name for table in found.tables} == set(study.tables)


def test_a_comparison_is_played_again_from_the_file_and_not_from_its_baseline(compared, tmp_path):
    told = []
    found = reproduce(compared, progress=told.append)
    assert found.same, found
    assert sum(told) == runs_of(read_manifest(compared)) == 16
    folder = forged(compared, tmp_path / "c", "contrasts", lambda rows: rows.assign(value=rows["value"] + 1))
    assert [table.name for table in reproduce(folder).tables if not table.same] == ["contrasts"]
