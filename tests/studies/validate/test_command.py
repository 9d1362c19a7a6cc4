"""``parley validate`` as a user meets it."""

import json

import pytest
from click.testing import CliRunner

from sim.cli import main
from sim.studies.validate.entry import Entry
from tests.toys import TOY


def asked(*arguments):
    return CliRunner().invoke(main, ["validate", *arguments])


@pytest.fixture
def few(monkeypatch):
    """A catalogue of two entries; tells how to make one of them fail."""

    def entries(exact=0.0, law=0.0):
        made = [
            Entry("exact", "1", "a result", (0.0,), lambda: exact),
            Entry("laws", "M1", "a law", (0.0,), lambda: law),
        ]
        monkeypatch.setattr("sim.studies.validate.catalogue.ENTRIES", made)

    entries()
    return entries


def test_the_exact_results_hold():
    found = asked("--only", "exact")
    assert found.exit_code == 0
    assert "Rubinstein" in found.output
    assert "0 fails" in found.output.splitlines()[-1]


def test_what_fails_sets_the_exit_status(few):
    assert asked().exit_code == 0
    assert "name a world with --scenario" in asked().output
    few(law=1.0)
    assert asked().exit_code == 1
    assert asked("--only", "exact").exit_code == 0
    few(exact=1.0)
    assert "FAIL 1 " in asked("--only", "exact").output
    assert asked("--only", "exact").exit_code == 1


def test_patterns_that_fail_count_only_when_strict(few):
    arguments = ("--scenario", str(TOY), "--replicates", "16")
    plain, strict = asked(*arguments), asked(*arguments, "--strict")
    assert plain.output == strict.output
    assert "patterns of past wars: 24 entries" in plain.output
    failed = " 0 fails" not in plain.output.splitlines()[-1]
    assert (plain.exit_code, strict.exit_code) == (0, int(failed))
    assert failed


def test_rows_are_json_or_csv(few):
    assert [row["number"] for row in json.loads(asked("--format", "json").output)] == ["1", "M1"]
    assert asked("--format", "csv").output.splitlines()[0].startswith("group,number,name,verdict")


def test_what_was_asked_wrongly_is_said(few, tmp_path):
    nothing = asked("--only", "facts")
    assert (nothing.exit_code, "--scenario" in nothing.output) == (2, True)
    both = asked("--scenario", str(tmp_path / "one"), "--scenario", str(tmp_path / "two"))
    assert both.exit_code == 2
    assert "one" in both.output
    assert "two" in both.output
    assert "Traceback" not in both.output
