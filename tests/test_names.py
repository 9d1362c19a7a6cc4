"""What a stranger sees first: the names at the root, the README's commands, nothing of anybody's machine."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

AT_THE_ROOT = {
    ".ci",
    ".gitignore",
    "CHANGELOG.md",
    "CITATION.cff",
    "DESIGN.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "constraints-newest.txt",
    "constraints.txt",
    "notebooks",
    "pyproject.toml",
    "results",
    "scenarios",
    "sim",
    "tests",
}
LARGEST_FILE = 1_500_000
PLACE_ON_A_MACHINE = re.compile(r"(?<![\w.~-])/(?:work|root|home/\w+|Users/\w+|tmp/\w+)/|\b[A-Z]:\\Users\\")
PACKAGE_INDEX = re.compile("index-ur" + "l|find-link" + "s")


@pytest.fixture(scope="module")
def files(root: Path) -> list[Path]:
    """What git tracks or would take, as it stands on the disk."""
    if not (root / ".git").exists() or shutil.which("git") is None:
        pytest.skip("this is no git clone, so what belongs to the project cannot be told from what does not")
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout
    found = [path for name in listed.split("\0") if name and (path := root / name).is_file()]
    assert root / "pyproject.toml" in found
    return found


def test_only_known_names_stand_at_the_root(files, root):
    assert {path.relative_to(root).parts[0] for path in files} - AT_THE_ROOT == set()


def test_no_file_names_a_place_on_somebodys_machine(files, root):
    lines = [
        f"{path.relative_to(root)}:{number}: {line.strip()[:80]}"
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="ignore").splitlines(), 1)
        if PLACE_ON_A_MACHINE.search(line) or PACKAGE_INDEX.search(line)
    ]
    assert lines == []


def test_places_on_a_machine_are_told_from_addresses():
    assert PLACE_ON_A_MACHINE.search("data in /ho" + "me/ada/parley")
    assert not PLACE_ON_A_MACHINE.search("https://example.org/wo" + "rk/12 and ../wo" + "rk/ and docs/ro" + "ot/")


def test_no_file_is_bulk(files):
    assert [path.name for path in files if path.stat().st_size > LARGEST_FILE] == []


def commands_in(text: str, program: str) -> set[str]:
    """Words that follow a program's name in the code of a Markdown text."""
    code = "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text, flags=re.DOTALL))
    return set(re.findall(rf"\b{program} ([a-z][a-z-]*)", code))


def test_the_readme_names_two_commands_and_only_targets_that_exist(root):
    named = commands_in((root / "README.md").read_text(encoding="utf-8"), "make")
    targets = set(re.findall(r"^([a-z-]+):.*##", (root / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    assert named >= {"demo", "test"}
    assert named <= targets


def test_every_parley_command_in_the_readme_exists(root):
    named = commands_in((root / "README.md").read_text(encoding="utf-8"), "parley")
    assert "run" in named
    for command in sorted(named):
        line = [sys.executable, "-m", "sim", command, "--help"]
        asked = subprocess.run(line, cwd=root, capture_output=True, check=False)
        assert asked.returncode == 0, f"parley {command} --help: {asked.stderr.decode()}"


def test_the_version_is_the_same_wherever_it_is_written(root):
    project = (root / "pyproject.toml").read_text(encoding="utf-8")
    version = re.search(r'^version = "(.+)"$', project, flags=re.MULTILINE).group(1)
    assert f"\nversion: {version}\n" in (root / "CITATION.cff").read_text(encoding="utf-8")


def test_what_ci_runs_can_be_run(root):
    assert (root / ".ci" / "run").stat().st_mode & 0o111
