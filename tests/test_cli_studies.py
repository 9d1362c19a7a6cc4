"""The commands that explain: compare, sensitivity, discover, search, as a user meets them."""

import signal
from functools import partial

import pytest
from click.testing import CliRunner

from sim.cli import main
from sim.record.study import Study
from sim.studies.search import study
from tests.toys import SHORT, TOY, toy_result

SETTINGS = [word for setting in SHORT for word in ("--set", setting)]

SEARCH = """
name: toy-levers
scenario: scenario.yaml
settings: {calendar.signing_weeks: 30, calendar.standing_weeks: 20, calendar.weeks: 60}
outcome: first_talks
threshold: 0.4
levers:
  base: {label: more attempts, moves: {talks.base: [0.05, 0.2]}, cost: 2}
  ripe: {label: ripe sooner, moves: {ripeness.cost_threshold: [0.001]}}
budget: {population: 8, generations: 1, replicates: 16, most: 16, confirm: 64, shortlist: 2}
"""


@pytest.fixture
def parley(tmp_path, monkeypatch):
    """Runs a command in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    return lambda *words: CliRunner().invoke(main, [str(word) for word in words])


def test_compare_prints_and_keeps(parley, tmp_path):
    words = ["compare", TOY, *SETTINGS, "--replicates", 8, "--variants", "no_mediator", "--no-figures"]
    done = parley(*words, "--out", "c")
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("toy-two-sides + calendar.signing_weeks=30")
    assert done.stdout.splitlines()[-1] == "Results: c"
    assert Study.load(tmp_path / "c").manifest["asked"] == {"variants": ["baseline", "no_mediator"]}
    assert parley(*words, "--out", "c").exit_code == 2


@pytest.mark.parametrize(
    ("variants", "said"), [("no_mediatr", "did you mean no_mediator?"), ("baseline", "two or more")]
)
def test_variants_that_there_are_not_are_status_two(parley, variants, said):
    done = parley("compare", TOY, "--variants", variants)
    assert done.exit_code == 2
    assert said in done.stderr


def test_all_variants_may_be_asked_for(parley):
    done = parley("compare", TOY, *SETTINGS, "--replicates", 4, "--variants", "all")
    assert done.exit_code == 0, done.output
    assert "no_mediator" in done.stdout
    assert "no_winter_strikes" in done.stdout


def test_results_are_explained(parley, tmp_path):
    toy_result().save(tmp_path / "r")
    done = parley("discover", "r", "--outcome", "first_settlement?", "--out", "d", "--no-figures")
    assert done.exit_code == 0, done.output
    assert "PRIM" in done.stdout
    study = Study.load(tmp_path / "d")
    assert study.manifest["of"]["kind"] == "ensemble"
    assert set(study.manifest["of"]["files"]) >= {"runs.parquet"}
    done = parley("sensitivity", "r", "--outcome", "durabl")
    assert done.exit_code == 2
    assert done.stderr == "r: there is no outcome durabl; did you mean durable?\n"
    done = parley("discover", "d")
    assert done.exit_code == 2
    assert "another kind" in done.stderr


def test_search_finds_prints_and_keeps(parley, tmp_path):
    (tmp_path / "scenario.yaml").write_text((TOY / "scenario.yaml").read_text())
    (tmp_path / "search.yaml").write_text(SEARCH)
    assert parley("check", "search.yaml").stdout == "search.yaml: no faults\n"
    done = parley("search", "search.yaml", "--out", "s", "--no-figures")
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[2].startswith("Verdict: ")
    assert not (tmp_path / "s.unfinished").exists()
    assert 4 <= len(Study.load(tmp_path / "s")["sets"]) <= 6


@pytest.mark.slow
def test_an_interrupted_search_goes_on(parley, tmp_path, monkeypatch):
    (tmp_path / "scenario.yaml").write_text((TOY / "scenario.yaml").read_text())
    (tmp_path / "search.yaml").write_text(SEARCH)
    asked = []

    def counted(*words, limit, play=study.play_points, **more):
        if len(asked) == limit:
            raise KeyboardInterrupt
        asked.append(words)
        return play(*words, **more)

    monkeypatch.setattr(study, "play_points", partial(counted, limit=3))
    done = parley("search", "search.yaml", "--out", "s", "--no-figures")
    assert done.exit_code == 1
    assert "--resume goes on from there" in done.stderr
    assert len(list((tmp_path / "s.unfinished").glob("*.npy"))) == 3
    monkeypatch.setattr(study, "play_points", partial(counted, limit=99))
    done = parley("search", "search.yaml", "--out", "s", "--no-figures", "--resume")
    assert done.exit_code == 0, done.output
    resumed, parts = Study.load(tmp_path / "s"), len(asked)
    assert not (tmp_path / "s.unfinished").exists()
    asked.clear()
    assert parley("search", "search.yaml", "--out", "whole", "--no-figures").exit_code == 0
    assert len(asked) == parts
    assert Study.load(tmp_path / "whole").manifest["files"] == resumed.manifest["files"]


def test_a_search_with_faults_is_status_two(parley, tmp_path):
    (tmp_path / "scenario.yaml").write_text((TOY / "scenario.yaml").read_text())
    (tmp_path / "search.yaml").write_text(SEARCH.replace("talks.base", "talks.bas").replace("threshold", "treshold"))
    for words in (["check", "search.yaml"], ["search", "search.yaml"]):
        done = parley(*words)
        assert done.exit_code == 2
        assert "did you mean threshold?" in done.stderr
