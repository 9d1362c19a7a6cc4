"""The commands `parley sweep` and `parley reproduce`, as a user meets them."""

import json
import shutil
import signal

import pytest
from click.testing import CliRunner

from sim.cli import main
from sim.experiment import points as points_module
from sim.experiment import sweep as sweep_module
from sim.record.sweep import SweepResult
from tests.experiments import ROOT
from tests.toys import TOY

TEXT = """\
name: small
scenario: scenario.yaml
settings: {calendar.signing_weeks: 12, calendar.standing_weeks: 6, calendar.weeks: 20}
factors: {ladder.monitoring: [0.2, 0.9]}
replicates: 8
seed: 3
outcomes: [durable, end, front]
"""


@pytest.fixture
def parley(tmp_path, monkeypatch):
    """Runs a command in a folder that has an experiment on a copy of the toy."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    shutil.copytree(TOY, tmp_path / "toy")
    (tmp_path / "toy" / "small.yaml").write_text(TEXT)
    return lambda *words: CliRunner().invoke(main, [str(word) for word in words])


def test_a_sweep_writes_its_result_and_says_what_came(parley, tmp_path):
    done = parley("sweep", "toy/small.yaml")
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[0].startswith("small: 2 points, 16 runs")
    assert done.stdout.splitlines()[-1] == "Results: results/small"
    assert "end war" in done.stdout
    assert len(SweepResult.load(tmp_path / "results" / "small").runs) == 16


def test_a_sweep_is_resumed_sharded_replaced_and_reproduced(parley):
    assert parley("sweep", "toy/small.yaml", "--out", "r", "--shard", "2/2").stdout == (
        "Shard 2/2 is finished; the tables are written by the last one.\n"
    )
    assert parley("sweep", "toy/small.yaml", "--out", "r", "--shard", "1/2").exit_code == 0
    again = parley("sweep", "toy/small.yaml", "--out", "r")
    assert (again.exit_code, again.stderr) == (
        2,
        "r holds a result already; name another folder, or ask for this one to be replaced\n",
    )
    assert parley("sweep", "toy/small.yaml", "--out", "r", "--resume").exit_code == 0
    assert parley("sweep", "toy/small.yaml", "--out", "r", "--replace").exit_code == 0
    same = parley("reproduce", "r")
    assert same.exit_code == 0, same.output
    assert same.stdout.splitlines() == [
        "design: the same (2 rows)", "runs: the same (16 rows)", "points: the same (14 rows)",
        "Every number is the same.",
    ]  # fmt: skip


def test_a_number_that_is_not_the_same_is_exit_status_one(parley, tmp_path, monkeypatch):
    assert parley("sweep", "toy/small.yaml", "--out", "r").exit_code == 0
    real = points_module.play_outcomes
    monkeypatch.setattr(
        points_module, "play_outcomes", lambda *args: {**real(*args), "front": real(*args)["front"] + 1}
    )
    moved = parley("reproduce", "r")
    assert moved.exit_code == 1
    assert "runs: 16 of 112 numbers differ, first front in row 0" in moved.stdout
    assert "Not every number is the same." in moved.stdout


def test_a_run_that_fails_is_told_and_the_status_is_one(parley, monkeypatch):
    real = points_module.play_outcomes

    def play(scenario, seed, replicates, columns):
        if 5 in replicates:
            raise ArithmeticError("front is not a number")
        return real(scenario, seed, replicates, columns)

    monkeypatch.setattr(points_module, "play_outcomes", play)
    done = parley("sweep", "toy/small.yaml", "--out", "r")
    assert done.exit_code == 1
    assert "2 runs failed; their errors are in the column error of runs.parquet" in done.stderr


def test_an_interruption_says_that_what_is_finished_stays(parley, monkeypatch, tmp_path):
    def interrupted(*_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(points_module, "play_outcomes", interrupted)
    done = parley("sweep", "toy/small.yaml", "--out", "r")
    assert (done.exit_code, done.stderr) == (
        1,
        "Interrupted; what is finished stays; --resume goes on from there.\n",
    )
    assert (tmp_path / "r.blocks" / "request.json").exists()


def test_blocks_that_cannot_be_played_are_told(parley, monkeypatch):
    def broken(_code, _piece):
        raise OSError("no memory")

    monkeypatch.setattr(sweep_module, "_play_block", broken)
    done = parley("sweep", "toy/small.yaml", "--out", "r")
    assert done.exit_code == 1
    assert done.stderr.splitlines()[0] == "1 block could not be played; the others stay in r.blocks"
    assert done.stderr.splitlines()[1] == "points 0 to 1, replicates 0 to 7: OSError: no memory"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--shard", "3/2"], "i/n with i from 1 to n is allowed, as 2/8, found 3/2"),
        (["--shard", "one"], "i/n with i from 1 to n is allowed"),
        (["--backend", "dask"], "--backend dask and --address go together"),
        (["--address", "tcp://x"], "--backend dask and --address go together"),
        (["--backend", "ray"], "'ray' is not one of 'local', 'dask'"),
    ],
)
def test_words_that_cannot_be_are_exit_status_two(parley, words, told):
    done = parley("sweep", "toy/small.yaml", *words)
    assert done.exit_code == 2
    assert told in done.stderr


def test_check_reads_experiments_too(parley):
    good = parley("check", "toy/small.yaml", "toy", ROOT / "scenarios" / "ukraine-2026" / "sweep.yaml")
    assert good.exit_code == 0, good.output
    assert good.stdout.splitlines()[0] == "toy/small.yaml: no faults"
    bad = parley("check", ROOT / "tests" / "bad_experiments" / "005-unknown-path.yaml", "toy/small.yaml")
    assert bad.exit_code == 2
    assert "did you mean actors.envoy.information?" in bad.stderr
    assert "toy/small.yaml: no faults" in bad.stdout


def test_the_schema_of_experiments_takes_the_good_ones_and_no_others(parley):
    jsonschema = pytest.importorskip("jsonschema")
    from sim.scenario.yaml_door import read_mapping

    schema = json.loads(parley("schema", "--experiment").stdout)
    checker = jsonschema.Draft202012Validator(schema)
    for file in ("bad_experiments/000-good.yaml", "../scenarios/ukraine-2026/sweep.yaml"):
        tree = read_mapping((ROOT / "tests" / file).read_bytes(), file)
        assert list(checker.iter_errors(json.loads(json.dumps(tree)))) == []
    for name in ("001-unknown-key", "017-unknown-design", "026-no-outcome"):
        data = (ROOT / "tests" / "bad_experiments" / f"{name}.yaml").read_bytes()
        assert list(checker.iter_errors(json.loads(json.dumps(read_mapping(data, name))))) != []
