"""A sweep that is killed again and again ends in the same bytes as one that was left alone."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.cli import main
from tests.experiments import ROOT, files_of
from tests.toys import TOY

EXPERIMENT = """\
name: killed
scenario: scenario.yaml
settings: {{calendar.signing_weeks: 12, calendar.standing_weeks: 6, calendar.weeks: 20}}
factors:
  ladder.monitoring: {{range: [0.2, 0.9]}}
  actors.south.trustworthy: {{range: [0.1, 0.9]}}
design: {{kind: latin_hypercube, rows: {rows}}}
replicates: 256
seed: 3
outcomes: [durable, end, first_talks, front]
"""


def sweep_command(file, out, *words):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    return subprocess.Popen(
        [sys.executable, "-m", "sim", "sweep", str(file), "--out", str(out), "--resume", *words],
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip


def finished(out):
    return {file.name: file.stat().st_mtime_ns for file in Path(f"{out}.blocks").glob("[!.]*.parquet")}


@pytest.mark.parametrize(
    ("rows", "kills", "words"),
    [
        (20, 2, []),
        pytest.param(160, 20, [], marks=pytest.mark.slow),
        pytest.param(80, 6, ["--workers", "2"], marks=pytest.mark.slow),
    ],
)
def test_nothing_is_lost_or_doubled_and_the_bytes_are_the_same(tmp_path, rows, kills, words):
    shutil.copytree(TOY, tmp_path / "toy")
    file = tmp_path / "toy" / "killed.yaml"
    file.write_text(EXPERIMENT.format(rows=rows))
    done = CliRunner().invoke(main, ["sweep", str(file), "--out", str(tmp_path / "alone")])
    assert done.exit_code == 0, done.output
    chance, killed = random.Random(rows), 0
    while killed < kills:
        killed += killed_until_it_is_done(file, tmp_path / "r", words, chance, kills - killed)
        assert files_of(tmp_path / "r") == files_of(tmp_path / "alone")
        shutil.rmtree(tmp_path / "r")
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["alone", "toy"]
    assert killed == kills


def killed_until_it_is_done(file, out, words, chance, kills):
    """A sweep that is killed at random moments, at most so often, and then left alone; how often it was killed."""
    known, killed = {}, 0
    while killed < kills and not out.exists():
        wanted = len(known) + chance.randrange(2)
        process = sweep_command(file, out, *words)
        deadline = time.monotonic() + 60
        while process.poll() is None and len(finished(out)) < wanted and time.monotonic() < deadline:
            time.sleep(0.005)
        time.sleep(chance.uniform(0.0, 0.3))
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert process.stderr.read() == b"" or process.returncode == 0
        killed += process.returncode == -signal.SIGKILL
        now = finished(out)
        if not out.exists():
            assert known.items() <= now.items(), "a finished block was lost or written again"
            known = now
    process = sweep_command(file, out, *words)
    assert process.wait() == 0, process.stderr.read()
    return killed
