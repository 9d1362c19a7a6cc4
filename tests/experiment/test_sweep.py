"""Sweeps: what is shared out, stopped, resumed or partly broken gives the same bytes as one that was not."""

import errno
import json
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.experiment import blocks as blocks_module
from sim.experiment import plan as plan_module
from sim.experiment import points as points_module
from sim.experiment.loading import prepared
from sim.experiment.plan import Plan
from sim.experiment.points import play_points
from sim.experiment.sweep import Shard, SweepUnfinished, sweep
from sim.record.folder import FolderFault
from sim.record.sweep import SweepResult
from tests.experiments import MONITORING, SHORT, TRUSTWORTHY, experiment, files_of
from tests.toys import toy

SMALL = experiment()
SCENARIO = toy(())
RULE = experiment(
    stop={"outcome": "front", "width": 0.05, "most": 512},
    replicates=128,
    settings={**SHORT, "front.share": {"uniform": (0.2, 0.8)}},
)


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch):
    """Blocks of two points, so that a small sweep has several."""
    monkeypatch.setattr(plan_module, "LEAST", 200)
    monkeypatch.setattr(plan_module, "width", lambda *_: 200)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plan_module, "LEAST", 200)
        patch.setattr(plan_module, "width", lambda *_: 200)
        return sweep(SMALL, SCENARIO, out=tmp_path_factory.mktemp("whole") / "r")


def blocks_of(out):
    return sorted(out.with_name(f"{out.name}.blocks").glob("*.parquet"))


class Dies(Exception):
    """A stand-in for the end of the process."""


@pytest.fixture
def stops_after(monkeypatch):
    """Ends a sweep after some blocks."""

    def after(count):
        real = blocks_module.BlockFolder.add
        kept = []

        def add(self, name, rows):
            if len(kept) == count:
                raise Dies
            real(self, name, rows)
            kept.append(name)

        monkeypatch.setattr(blocks_module.BlockFolder, "add", add)
        return lambda: monkeypatch.setattr(blocks_module.BlockFolder, "add", real)

    return after


def test_a_result_has_its_design_runs_and_points(whole):
    assert whole.design[MONITORING].tolist() == [0.2, 0.2, 0.2, 0.9, 0.9, 0.9]
    assert whole.design[TRUSTWORTHY].tolist() == pytest.approx([0.1, 0.5, 0.9] * 2)
    assert len(whole.runs) == 600
    assert whole.runs["replicate"].tolist() == [*range(100)] * 6
    assert list(whole.runs) == ["point", "replicate", "variant", *SMALL.outcomes, "error"]
    assert (whole.manifest["points"], whole.manifest["runs"], whole.manifest["failed"]) == (6, 600, 0)
    assert sorted(file.name for file in whole.folder.iterdir()) == [
        "design.parquet", "experiment.yaml", "manifest.json", "points.parquet", "runs.parquet", "scenario.yaml",
    ]  # fmt: skip
    assert not whole.folder.with_name("r.blocks").exists()


def test_runs_are_those_of_the_points(whole):
    columns = {name: whole.design[name].to_numpy() for name in SMALL.factors}
    varied = sweep(experiment(factors={}), SCENARIO)
    assert len(varied.runs) == 100
    from sim.scenario import vary

    short = vary(SCENARIO, overrides=[f"{path}={value}" for path, value in SHORT.items()])
    played = play_points(short, columns, 100, seed=3, outcomes=SMALL.outcomes)
    pd.testing.assert_frame_equal(whole.runs.drop(columns="variant"), played)


def test_points_sum_up_the_runs(whole):
    rows = whole.points[(whole.points["outcome"] == "durable") & (whole.points["measure"] == "share")]
    share = whole.runs.groupby("point")["durable"].mean()
    assert rows["value"].tolist() == share.tolist()
    assert (rows["n"] == 100).all()
    assert (rows["low"] <= rows["value"]).all()
    levels = whole.points[whole.points["outcome"] == "end"].groupby("point")["value"].sum()
    assert levels.to_numpy() == pytest.approx(np.ones(6))


def test_a_result_is_read_again_and_a_changed_one_is_refused(whole, tmp_path):
    whole.save(tmp_path / "copy")
    again = SweepResult.load(tmp_path / "copy")
    pd.testing.assert_frame_equal(again.runs, whole.runs)
    assert again.experiment == SMALL.model_copy(update={"scenario": "scenario.yaml"})
    data = bytearray((tmp_path / "copy" / "points.parquet").read_bytes())
    data[50] ^= 1
    (tmp_path / "copy" / "points.parquet").write_bytes(bytes(data))
    with pytest.raises(FolderFault, match=r"points\.parquet is not the file"):
        SweepResult.load(tmp_path / "copy")


def test_without_a_place_the_result_lives_with_its_object(whole):
    result = sweep(SMALL, SCENARIO)
    assert files_of(result.folder) == files_of(whole.folder)
    folder = result.folder
    del result
    assert not folder.exists()


def test_any_executor_gives_the_same_bytes(whole, tmp_path):
    with ThreadPoolExecutor(2) as threads:
        result = sweep(SMALL, SCENARIO, out=tmp_path / "r", executor=threads, workers=2)
    assert files_of(result.folder) == files_of(whole.folder)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_resumed_sweep_plays_exactly_what_is_missing(whole, tmp_path, stops_after, monkeypatch, count):
    back = stops_after(count)
    with pytest.raises(Dies):
        sweep(SMALL, SCENARIO, out=tmp_path / "r")
    back()
    assert len(blocks_of(tmp_path / "r")) == count
    assert not (tmp_path / "r").exists()
    told = []
    played = []
    real = points_module.play_outcomes
    monkeypatch.setattr(points_module, "play_outcomes", lambda *args: played.append(len(args[2])) or real(*args))
    result = sweep(SMALL, SCENARIO, out=tmp_path / "r", resume=True, progress=told.append)
    assert files_of(result.folder) == files_of(whole.folder)
    assert sum(played) == 600 - 200 * count
    assert sum(told) == 600
    assert not (tmp_path / "r.blocks").exists()


def test_an_unfinished_sweep_is_not_begun_anew_by_accident(tmp_path, stops_after):
    stops_after(1)
    with pytest.raises(Dies):
        sweep(SMALL, SCENARIO, out=tmp_path / "r")
    with pytest.raises(FolderFault, match="unfinished sweep; --resume goes on with it"):
        sweep(SMALL, SCENARIO, out=tmp_path / "r")


def test_a_sweep_of_which_nothing_was_finished_begins_again_unasked(tmp_path, stops_after):
    back = stops_after(0)
    with pytest.raises(Dies):
        sweep(SMALL, SCENARIO, out=tmp_path / "r")
    back()
    with pytest.raises(FolderFault, match="belongs to another sweep"):
        sweep(experiment(seed=4), SCENARIO, out=tmp_path / "r")
    assert len(sweep(SMALL, SCENARIO, out=tmp_path / "r").runs) == 600


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"seed": 4}, "seed was 3 and is 4"),
        ({"replicates": 60}, "replicates was 100 and is 60"),
        ({"settings": {**SHORT, "front.share": 0.4}}, r"scenario differs \(front\.share\)"),
        ({"factors": {MONITORING: (0.2, 0.8)}}, r"factors differs \(.*monitoring, .*trustworthy\); design differs"),
        ({"outcomes": ("durable",)}, "outcomes differs"),
        ({"name": "other"}, "name was small and is other"),
        ({"variants": ("no_mediator",)}, r"scenario differs \(baseline, no_mediator\)"),
    ],
)
@pytest.mark.parametrize("finished", [False, True])
def test_going_on_with_another_sweep_is_refused(tmp_path, stops_after, change, told, finished):
    back = stops_after(100 if finished else 1)
    out = tmp_path / "r"
    if finished:
        sweep(SMALL, SCENARIO, out=out)
    else:
        with pytest.raises(Dies):
            sweep(SMALL, SCENARIO, out=out)
    back()
    before = blocks_of(out)
    with pytest.raises(FolderFault, match=f"belongs to another sweep: .*{told}"):
        sweep(experiment(**change), SCENARIO, out=out, resume=True)
    assert blocks_of(out) == before


@pytest.mark.parametrize(
    ("function", "value", "told"),
    [
        ("sha256_of_code", lambda: "0" * 64, "code differs"),
        ("versions", lambda: {"parley": "9.9", "python": "3", "numpy": "1"}, r"version was .* and is 9\.9; libraries"),
    ],
)
def test_going_on_with_another_version_is_refused(tmp_path, stops_after, monkeypatch, function, value, told):
    back = stops_after(1)
    with pytest.raises(Dies):
        sweep(SMALL, SCENARIO, out=tmp_path / "r")
    back()
    monkeypatch.setattr(blocks_module, function, value)
    with pytest.raises(FolderFault, match=told):
        sweep(SMALL, SCENARIO, out=tmp_path / "r", resume=True)


def test_a_finished_sweep_is_only_read_by_resuming(whole, monkeypatch):
    monkeypatch.setattr(points_module, "play_outcomes", None)
    assert len(sweep(SMALL, SCENARIO, out=whole.folder, resume=True).runs) == 600
    with pytest.raises(FolderFault, match="holds a result already"):
        sweep(SMALL, SCENARIO, out=whole.folder)


def test_shards_write_into_one_folder_and_the_last_one_the_tables(whole, tmp_path):
    out = tmp_path / "r"
    for number in (2, 3):
        with pytest.raises(SweepUnfinished, match="others are not"):
            sweep(SMALL, SCENARIO, out=out, shard=Shard(number, 3))
    assert len(blocks_of(out)) == 2
    result = sweep(SMALL, SCENARIO, out=out, shard=Shard(1, 3))
    assert files_of(result.folder) == files_of(whole.folder)
    assert len(sweep(SMALL, SCENARIO, out=out, shard=Shard(2, 3)).runs) == 600


def test_more_shards_than_groups_have_nothing_to_do(tmp_path):
    with pytest.raises(SweepUnfinished):
        sweep(SMALL, SCENARIO, out=tmp_path / "r", shard=Shard(9, 9))


@pytest.mark.parametrize("pair", [(0, 2), (3, 2)])
def test_a_shard_is_one_of_its_number(pair):
    with pytest.raises(ValueError, match="i from 1 to n"):
        Shard(*pair)


def test_one_bad_run_costs_one_row(whole, monkeypatch):
    real = points_module.play_outcomes

    def play(scenario, seed, replicates, columns):
        if np.any((replicates == 41) & (columns[MONITORING] == 0.9) & (columns[TRUSTWORTHY] == 0.1)):
            raise ArithmeticError("front is not a number")
        return real(scenario, seed, replicates, columns)

    monkeypatch.setattr(points_module, "play_outcomes", play)
    result = sweep(SMALL, SCENARIO)
    bad = result.runs[result.runs["error"].notna()]
    assert bad[["point", "replicate", "error"]].to_numpy().tolist() == [
        [3, 41, "ArithmeticError: front is not a number"]
    ]
    assert bad["durable"].isna().all()
    assert result.manifest["failed"] == 1
    left = result.runs.drop(index=bad.index)
    assert left["front"].equals(whole.runs.drop(index=bad.index)["front"])
    n = result.points[result.points["outcome"] == "durable"].set_index("point")["n"]
    assert n.tolist() == [100, 100, 100, 99, 100, 100]


def test_a_damaged_block_is_played_again(whole, tmp_path, stops_after):
    back = stops_after(2)
    with pytest.raises(Dies):
        sweep(SMALL, SCENARIO, out=tmp_path / "r")
    back()
    blocks_of(tmp_path / "r")[0].write_bytes(b"PAR1 and then nothing")
    result = sweep(SMALL, SCENARIO, out=tmp_path / "r", resume=True)
    assert files_of(result.folder) == files_of(whole.folder)


def test_a_damaged_block_of_another_shard_is_played_again(whole, tmp_path):
    with pytest.raises(SweepUnfinished):
        sweep(SMALL, SCENARIO, out=tmp_path / "r", shard=Shard(1, 2))
    blocks_of(tmp_path / "r")[0].write_bytes(b"PAR1 and then nothing")
    result = sweep(SMALL, SCENARIO, out=tmp_path / "r", shard=Shard(2, 2))
    assert files_of(result.folder) == files_of(whole.folder)


def test_what_a_killed_merge_left_is_taken_away(whole, tmp_path):
    left = tmp_path / ".r-x1y2z3.partial"
    left.mkdir()
    (left / "runs.parquet").write_bytes(b"half")
    sweep(SMALL, SCENARIO, out=tmp_path / "r")
    shutil.copytree(whole.folder, tmp_path / "r.blocks")
    sweep(SMALL, SCENARIO, out=tmp_path / "r", resume=True)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["r"]


@pytest.mark.parametrize("name", ["experiment.yaml", "scenario.yaml", "runs.parquet"])
def test_a_file_that_was_changed_or_is_gone_is_one_sentence(whole, tmp_path, name):
    whole.save(tmp_path / "r")
    file = tmp_path / "r" / name
    file.write_bytes(file.read_bytes().replace(b"3", b"4"))
    with pytest.raises(FolderFault, match=f"{name} is not the file that its manifest speaks of"):
        SweepResult.load(tmp_path / "r")
    file.unlink()
    with pytest.raises(FolderFault, match=f"{name} cannot be read: No such file"):
        SweepResult.load(tmp_path / "r")


def test_a_full_disk_is_one_sentence_and_what_is_finished_stays(whole, tmp_path, monkeypatch):
    real, calls = os.fsync, []

    def full(place):
        calls.append(place)
        if len(calls) > 6:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(place)

    monkeypatch.setattr(os, "fsync", full)
    out = tmp_path / "r"
    with pytest.raises(FolderFault, match=r"cannot be written: no space left on device; what is finished stays"):
        sweep(SMALL, SCENARIO, out=out)
    monkeypatch.setattr(os, "fsync", real)
    kept = blocks_of(out)
    assert len(kept) == 2
    assert [file.name for file in (tmp_path / "r.blocks").iterdir() if file.name.startswith(".")] == []
    assert files_of(sweep(SMALL, SCENARIO, out=out, resume=True).folder) == files_of(whole.folder)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is unwritable for root")
def test_a_folder_without_leave_to_write_is_one_sentence(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(FolderFault, match="cannot be written: permission denied"):
        sweep(SMALL, SCENARIO, out=tmp_path / "r")


def test_a_folder_that_cannot_be_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(FolderFault, match="cannot be written: not a directory"):
        sweep(SMALL, SCENARIO, out=tmp_path / "file" / "r")


def test_a_folder_of_something_else_is_left_alone(tmp_path):
    (tmp_path / "r.blocks").mkdir()
    (tmp_path / "r.blocks" / "thesis.tex").write_text("mine")
    with pytest.raises(FolderFault, match="holds something that is no sweep"):
        sweep(SMALL, SCENARIO, out=tmp_path / "r", resume=True)
    assert (tmp_path / "r.blocks" / "thesis.tex").read_text() == "mine"


def test_replicates_are_added_until_the_interval_is_narrow():
    loose = sweep(RULE, SCENARIO)
    counts = loose.runs.groupby("point")["replicate"].agg(["count", "max"])
    assert (counts["max"] + 1 == counts["count"]).all()
    assert (counts["count"] % 128 == 0).all()
    assert (counts["count"] > 128).any()
    widths = loose.points[loose.points["outcome"] == "front"].set_index("point")
    assert (((widths["high"] - widths["low"]) <= 0.05) | (counts["count"] == 512)).all()


def test_a_stopping_rule_first_plays_all_replicates_that_were_asked_for():
    rule = experiment(stop={"outcome": "front", "width": 0.9, "most": 1024}, replicates=512)
    counts = sweep(rule, SCENARIO).runs.groupby("point").size()
    assert (counts == 512).all()


def test_runs_of_an_earlier_call_are_told_as_such(tmp_path, stops_after):
    class Told:
        def __init__(self):
            self.now = self.before = 0

        def __call__(self, runs):
            self.now += runs

        def already(self, runs):
            self.before += runs

    back = stops_after(1)
    with pytest.raises(Dies):
        sweep(SMALL, SCENARIO, out=tmp_path / "r")
    back()
    told = Told()
    sweep(SMALL, SCENARIO, out=tmp_path / "r", resume=True, progress=told)
    assert (told.before, told.now) == (200, 400)


def test_a_stopping_rule_is_resumed_and_sharded_to_the_same_bytes(tmp_path, stops_after):
    rule = RULE
    once = sweep(rule, SCENARIO, out=tmp_path / "once")
    assert once.manifest["runs"] > 6 * 128
    back = stops_after(4)
    with pytest.raises(Dies):
        sweep(rule, SCENARIO, out=tmp_path / "r")
    back()
    assert files_of(sweep(rule, SCENARIO, out=tmp_path / "r", resume=True).folder) == files_of(once.folder)
    with pytest.raises(SweepUnfinished):
        sweep(rule, SCENARIO, out=tmp_path / "s", shard=Shard(1, 2))
    assert files_of(sweep(rule, SCENARIO, out=tmp_path / "s", shard=Shard(2, 2)).folder) == files_of(once.folder)


def test_variants_share_their_luck_and_have_points_of_their_own():
    both = sweep(experiment(variants=("baseline", "no_mediator"), replicates=20), SCENARIO)
    assert both.design["variant"].tolist() == ["baseline"] * 6 + ["no_mediator"] * 6
    assert both.runs.groupby("variant", observed=True).size().tolist() == [120, 120]
    alone = sweep(experiment(variants=("no_mediator",), replicates=20), SCENARIO)
    second = both.runs[both.runs["variant"] == "no_mediator"]
    assert second["front"].tolist() == alone.runs["front"].tolist()


@pytest.mark.parametrize("replicates", [1, 64, 200, 300, 1500])
def test_blocks_of_a_plan_cover_every_run_once(replicates):
    plan = Plan(prepared(experiment(replicates=replicates), SCENARIO))
    blocks = [block for group in range(plan.groups) for block in plan.first_blocks(group)]
    covered = [(point, r) for block in blocks for point in block.points for r in range(block.first, block.last + 1)]
    assert sorted(covered) == [(point, r) for point in range(6) for r in range(replicates)]
    assert len({plan.name(block) for block in blocks}) == len(blocks)


def test_the_request_tells_the_fields(tmp_path, stops_after):
    stops_after(1)
    with pytest.raises(Dies):
        sweep(SMALL, SCENARIO, out=tmp_path / "r")
    request = json.loads((tmp_path / "r.blocks" / "request.json").read_text())
    assert request["seed"] == 3
    assert set(request["scenario"]) == {"baseline"}
    assert Path(blocks_of(tmp_path / "r")[0]).stem not in ("", "request")
