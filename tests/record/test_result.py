import json
import subprocess
import sys
from dataclasses import replace

import pandas as pd
import pytest

import sim
from sim.record import drawing
from sim.record.folder import FolderFault
from sim.record.manifest import sha256
from sim.record.result import TABLES, Result, parquet
from sim.scenario.writing import dump
from tests.toys import assembly_result, toy_result


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    folder = tmp_path_factory.mktemp("results") / "assembly"
    assembly_result().save(folder)
    return folder


@pytest.mark.parametrize("make", [toy_result, assembly_result])
def test_what_is_loaded_is_what_was_saved(make, tmp_path):
    result = make()
    complete = result.save(tmp_path / "a")
    loaded = Result.load(tmp_path / "a")
    assert list(loaded.tables) == list(result.tables)
    for name, table in result.tables.items():
        pd.testing.assert_frame_equal(loaded.tables[name], table, check_exact=True)
    assert loaded.scenario == result.scenario
    assert loaded.manifest == complete
    assert {key: complete[key] for key in result.manifest} == result.manifest


def test_saving_what_was_loaded_gives_the_same_files(saved, tmp_path):
    Result.load(saved).save(tmp_path / "again")
    files = sorted(path.relative_to(saved) for path in saved.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(tmp_path / "again") for path in (tmp_path / "again").rglob("*.*"))
    assert all((saved / file).read_bytes() == (tmp_path / "again" / file).read_bytes() for file in files)


def test_a_result_is_self_contained(saved):
    files = {path.relative_to(saved).as_posix() for path in saved.rglob("*") if path.is_file()}
    tables = {f"{name}.parquet" for name in (*TABLES, "trajectories")}
    assert files == tables | {
        "manifest.json", "scenario.yaml", "tables/states.csv", "tables/ties.csv", "tables/donors.csv"
    }  # fmt: skip
    assert (saved / "scenario.yaml").read_text(encoding="utf-8") == dump(assembly_result().scenario)


def test_the_hashes_in_the_manifest_fit_the_files(saved):
    made = json.loads((saved / "manifest.json").read_text(encoding="utf-8"))
    assert set(made["files"]) == {f"{name}.parquet" for name in (*TABLES, "trajectories")}
    assert all(sha256((saved / name).read_bytes()) == told for name, told in made["files"].items())
    assert made["scenario"]["sha256"] == sha256((saved / "scenario.yaml").read_bytes())
    assert all(sha256((saved / "tables" / name).read_bytes()) == told for name, told in made["tables"].items())


def test_the_same_table_is_the_same_bytes():
    table = toy_result().runs
    assert parquet(table) == parquet(table.copy())


def test_reading_needs_nothing_that_plays_or_draws(saved):
    code = f"""
import sys
for name in ("mesa", "matplotlib", "scipy", "networkx", "sim.world", "sim.theory"):
    sys.modules[name] = None
import sim
result = sim.Result.load({str(saved)!r})
print(len(result.runs), result.scenario.name)
"""
    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert asked.stdout == "24 good-tables\n", asked.stderr


def damaged(saved, tmp_path, change):
    folder = tmp_path / "copy"
    Result.load(saved).save(folder)
    change(folder)
    with pytest.raises(FolderFault) as caught:
        Result.load(folder)
    return str(caught.value).replace(str(folder), "FOLDER")


def test_a_changed_table_is_told(saved, tmp_path):
    def change(folder):
        parts = pd.read_parquet(folder / "runs.parquet")
        parts.assign(durable=True).to_parquet(folder / "runs.parquet")

    said = "FOLDER/runs.parquet is not the file that its manifest speaks of: it was changed or damaged"
    assert damaged(saved, tmp_path, change) == said


def test_a_missing_table_is_told(saved, tmp_path):
    said = damaged(saved, tmp_path, lambda folder: (folder / "weeks.parquet").unlink())
    assert said == "FOLDER/weeks.parquet cannot be read: No such file or directory"


def test_a_folder_that_is_no_result_is_told(saved, tmp_path):
    said = damaged(saved, tmp_path, lambda folder: (folder / "manifest.json").unlink())
    assert said == "FOLDER holds no result: there is no manifest.json in it"


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '"text"'])
def test_a_damaged_manifest_is_told(saved, tmp_path, text):
    said = damaged(saved, tmp_path, lambda folder: (folder / "manifest.json").write_text(text))
    assert said == "FOLDER holds no result that can be read: its manifest.json is damaged"


def test_a_newer_layout_is_told(saved, tmp_path):
    said = damaged(saved, tmp_path, lambda folder: (folder / "manifest.json").write_text('{"format": 99}'))
    assert said == "FOLDER holds a result of layout 99, and this version reads layout 1"


def test_a_damaged_scenario_is_told(saved, tmp_path):
    said = damaged(saved, tmp_path, lambda folder: (folder / "scenario.yaml").write_text("name: 3"))
    assert said.startswith("FOLDER holds a scenario that cannot be read: scenario.yaml: ")


def test_what_is_added_while_saving_is_part_of_the_whole(tmp_path):
    def fails(folder):
        (folder / "figures").mkdir()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        toy_result().save(tmp_path / "a", also=fails)
    assert list(tmp_path.iterdir()) == []
    toy_result().save(tmp_path / "a", also=lambda folder: (folder / "figures").mkdir())
    assert (tmp_path / "a" / "figures").is_dir()


def test_a_result_never_changes():
    with pytest.raises(AttributeError):
        toy_result().runs = None
    assert replace(toy_result(), trajectories=None).tables.keys() == set(TABLES)


def test_a_result_shows_in_one_line():
    assert repr(toy_result()) == "<Result of toy-two-sides: 96 runs, seed 5>"


def test_the_face_draws_for_a_result(monkeypatch):
    assert drawing.painter == [sim.figure]
    monkeypatch.setattr(drawing, "painter", [lambda result, name: (result, name)])
    monkeypatch.setattr("sim.record.result.painter", drawing.painter)
    assert toy_result().figure("status") == (toy_result(), "status")


def test_without_a_painter_a_figure_is_refused_with_a_sentence():
    with pytest.raises(RuntimeError, match="so status cannot be drawn"):
        drawing.nobody(None, "status")
