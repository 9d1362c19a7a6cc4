"""The command `parley`, as a user meets it."""

import errno
import json
import os
import signal
import subprocess
import sys
import time

import pytest
from click.testing import CliRunner

from sim.cli import main
from sim.experiment import execution
from sim.record.result import Result
from tests.toys import TOY

SHORT = [
    "--set",
    "calendar.signing_weeks=30",
    "--set",
    "calendar.standing_weeks=20",
    "--set",
    "calendar.weeks=60",
]
FEW = ["--replicates", "4", "--no-figures", *SHORT]


@pytest.fixture
def parley(tmp_path, monkeypatch):
    """Runs a command in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    return lambda *words: CliRunner().invoke(main, [str(word) for word in words])


def entries(folder):
    return sorted(path.name for path in folder.iterdir())


def test_run_writes_tables_and_prints_a_summary(parley, tmp_path):
    done = parley("run", TOY, *FEW, "--seed", 7, "--out", "r")
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[-1] == "Results: r"
    assert "durable: signed by week 30, standing 20 weeks later" in done.stdout
    result = Result.load(tmp_path / "r")
    assert (len(result.runs), result.manifest["seed"]) == (4, 7)
    assert result.manifest["overrides"] == SHORT[1::2]
    assert entries(tmp_path) == ["r"]


def test_run_without_a_place_writes_nothing(parley, tmp_path):
    done = parley("run", TOY, *FEW, "--variant", "no_mediator")
    assert done.exit_code == 0, done.output
    assert "Nothing was written" in done.stdout
    assert "+ no_mediator" in done.stdout.splitlines()[0]
    assert entries(tmp_path) == []


def test_run_draws_figures_in_the_result(parley, tmp_path, monkeypatch):
    monkeypatch.setattr("sim.figures.draw_all", lambda result, folder: (folder.mkdir(), (folder / "a.png").touch()))
    assert parley("run", TOY, "--replicates", 2, *SHORT, "--out", "r").exit_code == 0
    assert entries(tmp_path / "r" / "figures") == ["a.png"]


def test_a_figure_that_fails_costs_no_table(parley, tmp_path, monkeypatch):
    def fails(*_):
        raise ValueError("no such colour")

    monkeypatch.setattr("sim.figures.draw_all", fails)
    done = parley("run", TOY, "--replicates", 2, *SHORT, "--out", "r")
    assert done.exit_code == 1
    assert done.stderr == "The tables are written, but not all figures: ValueError: no such colour\n"
    assert len(Result.load(tmp_path / "r").runs) == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--variant", "no_mediatr"], "did you mean no_mediator?"),
        (["--set", "front.shar=2"], "did you mean share?"),
        (["--set", "front.share"], "front.share"),
    ],
)
def test_faults_of_input_are_sentences_and_status_two(parley, tmp_path, words, said):
    done = parley("run", TOY, "--out", "r", *words)
    assert done.exit_code == 2
    assert said in done.stderr
    assert "Traceback" not in done.output
    assert entries(tmp_path) == []


@pytest.mark.parametrize("words", [["--replicates", "0"], ["--seed", "-1"], ["--workers", "x"], ["--nonsense"], []])
def test_words_that_are_no_command_are_status_two(parley, words):
    assert parley("run", *words, *([TOY] if words else [])).exit_code == 2


def test_a_place_that_is_taken_is_refused_before_anything_is_played(parley, tmp_path, monkeypatch):
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / "thesis.tex").write_text("")
    monkeypatch.setattr(execution, "play", None)
    for words in ([], ["--replace"]):
        done = parley("run", TOY, *FEW, "--out", "r", *words)
        assert done.exit_code == 2
        assert done.stderr == "r holds something that is no result of Parley; name another folder\n"
    (tmp_path / "file").touch()
    done = parley("run", TOY, *FEW, "--out", "file/r")
    assert done.exit_code == 1
    assert done.stderr == "file/r cannot be written: not a directory\n"


def test_an_older_result_is_replaced_on_request(parley, tmp_path):
    assert parley("run", TOY, *FEW, "--out", "r").exit_code == 0
    assert parley("run", TOY, *FEW, "--out", "r", "--seed", 2).exit_code == 2
    assert Result.load(tmp_path / "r").manifest["seed"] == 1
    assert parley("run", TOY, *FEW, "--out", "r", "--seed", 2, "--replace").exit_code == 0
    assert Result.load(tmp_path / "r").manifest["seed"] == 2
    assert entries(tmp_path) == ["r"]


def test_a_full_disk_is_one_sentence_and_leaves_nothing(parley, tmp_path, monkeypatch):
    def full(_table):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("sim.record.result.parquet", full)
    done = parley("run", TOY, *FEW, "--out", "r")
    assert done.exit_code == 1
    assert done.stderr == "r cannot be written: no space left on device\n"
    assert entries(tmp_path) == []


def test_an_interruption_leaves_nothing(parley, tmp_path, monkeypatch):
    def interrupted(*_arguments, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr(execution, "play", interrupted)
    done = parley("run", TOY, *FEW, "--out", "r")
    assert done.exit_code == 1
    assert done.stderr == "Interrupted; nothing was written.\n"
    assert entries(tmp_path) == []


def test_what_could_be_played_is_kept_beside(parley, tmp_path, monkeypatch):
    real = execution.play

    def fails(scenario, seed, replicates, **options):
        if 128 in replicates:
            raise ArithmeticError("front is not a number")
        return real(scenario, seed, replicates, **options)

    monkeypatch.setattr(execution, "play", fails)
    monkeypatch.setattr(execution, "WIDEST", 128)
    done = parley("run", TOY, "--no-figures", *SHORT, "--replicates", 130, "--out", "r")
    assert done.exit_code == 1
    assert done.stderr.splitlines() == [
        "What could be played is in r-partial; its manifest names what is missing.",
        "replicates 128 to 128: ArithmeticError: front is not a number",
    ]
    assert entries(tmp_path) == ["r-partial"]
    assert Result.load(tmp_path / "r-partial").manifest["missing"] == [[128, 128]]


def test_an_unforeseen_failure_is_one_sentence_unless_more_is_asked_for(parley, monkeypatch):
    def fails(*_arguments, **_options):
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("sim.analysis.summary.as_text", fails)
    done = parley("run", TOY, *FEW)
    assert done.exit_code == 1
    assert done.stderr == "ZeroDivisionError: a bug (parley --traceback ... shows where this came from)\n"
    assert isinstance(parley("--traceback", "run", TOY, *FEW).exception, ZeroDivisionError)


def test_check_tells_faults_of_all_files(parley, root):
    bad = root / "tests" / "bad_scenarios" / "001-unknown-key-near.yaml"
    done = parley("check", TOY, bad, "nowhere")
    assert done.exit_code == 2
    assert done.stdout == f"{TOY}: no faults\n"
    assert f"{bad}: 1 fault" in done.stderr
    assert "nowhere: 1 fault" in done.stderr


def test_check_lists_numbers_without_a_source(parley, root):
    good = root / "tests" / "bad_scenarios" / "000-good.yaml"
    assert parley("check", TOY, "--sources").stdout == f"{TOY}: no faults\n"
    done = parley("check", good, "--sources")
    assert done.exit_code == 0
    assert len(done.stdout.splitlines()) > 5


def test_new_makes_a_scenario_that_has_no_fault_and_plays(parley, tmp_path):
    assert parley("new", "some/my-war").exit_code == 0
    assert entries(tmp_path / "some") == ["my-war"]
    assert parley("check", "some/my-war", "--sources").stdout == "some/my-war: no faults\n"
    done = parley("run", "some/my-war", *FEW, "--variant", "no_mediator")
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("my-war + no_mediator")


@pytest.mark.parametrize("name", ["here", "My_war", "here/file/deeper"])
def test_new_refuses_what_is_there_and_what_is_no_name(parley, tmp_path, name):
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "file").touch()
    done = parley("new", name)
    assert done.exit_code in {1, 2}
    assert "Traceback" not in done.output
    assert done.stderr
    assert entries(tmp_path) == ["here"]
    assert entries(tmp_path / "here") == ["file"]


def test_schema_prints_the_schema(parley):
    printed = json.loads(parley("schema").stdout)
    assert printed["title"] == "Parley scenario"


def child(*words, **options):
    return subprocess.Popen(
        [sys.executable, "-m", "sim", *map(str, words)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options,
    )  # fmt: skip


@pytest.mark.newest
def test_the_module_is_the_command(tmp_path, root):
    asked = child("run", TOY, *FEW, "--workers", 2, "--out", tmp_path / "r", cwd=root)
    out, err = asked.communicate(timeout=120)
    assert asked.returncode == 0, err
    assert err == ""
    assert out.splitlines()[-1] == f"Results: {tmp_path / 'r'}"
    assert child("--version", cwd=root).communicate()[0].startswith("parley, version 0.")


@pytest.mark.parametrize(
    ("workers", "blow"),
    [
        (1, signal.SIGTERM),
        pytest.param(2, signal.SIGINT, marks=pytest.mark.slow),
        pytest.param(1, signal.SIGINT, marks=pytest.mark.slow),
        pytest.param(2, signal.SIGTERM, marks=pytest.mark.slow),
    ],
)
def test_a_run_that_is_stopped_leaves_nothing(tmp_path, root, workers, blow):
    words = ["run", TOY, "--replicates", "100000", "--workers", workers, "--out", tmp_path / "deep" / "r"]
    # The marker on the first block says that the child is playing. Who starts tests in the background of a shell lets
    # them ignore interrupts.
    marker = tmp_path / "marker"
    code = (
        "import sys, pathlib, signal, sim.record.block as block\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "add = block.Gathered.add\n"
        f"def told(self, one): add(self, one); pathlib.Path({str(marker)!r}).touch()\n"
        "block.Gathered.add = told\n"
        "from sim.cli import main\n"
        "if __name__ == '__main__': main(sys.argv[1:])\n"
    )
    script = tmp_path / "script.py"
    script.write_text(code)
    environment = {**os.environ, "PYTHONPATH": str(root)}
    running = subprocess.Popen(
        [sys.executable, str(script), *map(str, words)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, cwd=root,
    )  # fmt: skip
    try:
        deadline = time.monotonic() + 120
        while not marker.exists() and time.monotonic() < deadline and running.poll() is None:
            time.sleep(0.05)
        running.send_signal(blow)
        out, err = running.communicate(timeout=120)
    finally:
        running.kill()
    assert running.returncode == 1
    assert err == "Interrupted; nothing was written.\n"
    assert out == ""
    assert entries(tmp_path) == ["marker", "script.py"]


def test_help_comes_at_once(root):
    code = (
        "import sys, sim.cli\n"
        "try: sim.cli.main(['run', '--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & "
        "{'numpy', 'pandas', 'scipy', 'mesa', 'matplotlib', 'pydantic', 'pyarrow', 'tqdm', 'networkx'}))"
    )
    asked = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert asked.stdout.splitlines()[-1] == "[]"
    seconds = []
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-m", "sim", "--help"], cwd=root, capture_output=True, check=True)
        seconds.append(time.perf_counter() - start)
    assert min(seconds) < 0.4
