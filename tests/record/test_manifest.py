import datetime
import json
import re
import shutil
import subprocess
from importlib.metadata import version

import pytest

from sim.record import manifest as module
from sim.record.manifest import Request, manifest, sha256
from sim.record.version import VERSION
from sim.scenario.writing import dump
from tests.toys import assembly, toy

NOON = datetime.datetime(2030, 1, 1, 12, tzinfo=datetime.UTC)


@pytest.fixture
def made():
    request = Request(assembly(), 7, 300, ["no_winter"], ["front.share=0.5"], [(128, 255)])
    return manifest(request, NOON, 90.0)


def test_a_manifest_says_what_decides_every_number(made):
    assert made["scenario"]["text"] == dump(assembly())
    assert made["scenario"]["sha256"] == sha256(dump(assembly()).encode())
    assert made["tables"] == {name: sha256(text.encode()) for name, text in assembly().tables.texts.items()}
    assert set(made["tables"]) == {"states.csv", "ties.csv", "donors.csv"}
    assert (made["seed"], made["replicates"], made["missing"]) == (7, 300, [[128, 255]])
    assert (made["variants"], made["overrides"]) == (["no_winter"], ["front.share=0.5"])


def test_a_manifest_names_the_versions(made):
    assert made["versions"]["parley"] == VERSION
    for library in ("numpy", "scipy", "pandas", "pyarrow", "pydantic", "networkx"):
        assert made["versions"][library] == version(library)


def test_a_manifest_says_when(made):
    assert (made["started"], made["ended"]) == ("2030-01-01T12:00:00+00:00", "2030-01-01T12:01:30+00:00")
    assert made["seconds"] == 90.0


def test_a_manifest_names_no_place_on_a_machine(made, root):
    text = json.dumps(made)
    assert str(root) not in text
    assert not re.search(r'"/|[A-Z]:\\\\', text)


def test_a_manifest_is_plain_json(made):
    assert json.loads(json.dumps(made)) == made


def test_only_times_differ_between_two_manifests_of_one_request():
    request = Request(toy(), 1, 10)
    one, other = manifest(request, NOON, 1.0), manifest(request, NOON + datetime.timedelta(days=1), 2.0)
    assert {key for key in one if one[key] != other[key]} == {"started", "ended", "seconds"}


def test_the_version_is_the_project_s(root):
    assert f'\nversion = "{VERSION}"\n' in (root / "pyproject.toml").read_text(encoding="utf-8")


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A git checkout with a package of one file, as the one that the manifest speaks of."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    package = tmp_path / "sim"
    (package / "record").mkdir(parents=True)
    (package / "record" / "manifest.py").write_text("x = 1\n")
    monkeypatch.setattr(module, "PACKAGE", package)
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    module.git_state.cache_clear()
    module.sha256_of_code.cache_clear()
    yield package
    module.git_state.cache_clear()
    module.sha256_of_code.cache_clear()


def git(folder, *words):
    identity = ["-c", "user.name=a", "-c", "user.email=a@b"]
    return subprocess.run(
        ["git", *identity, "-C", folder, *words], capture_output=True, text=True, check=True
    ).stdout.strip()


def test_outside_a_checkout_there_is_no_commit(checkout):
    assert module.git_state() is None


def test_a_checkout_has_its_commit_and_whether_it_was_changed(checkout):
    git(checkout.parent, "init", "-q")
    git(checkout.parent, "add", ".")
    git(checkout.parent, "commit", "-q", "-m", "first")
    commit = git(checkout, "rev-parse", "HEAD")
    assert module.git_state() == {"commit": commit, "dirty": False}
    (checkout / "new.py").write_text("y = 2\n")
    module.git_state.cache_clear()
    assert module.git_state() == {"commit": commit, "dirty": True}


def test_a_package_that_git_does_not_track_has_no_commit(checkout):
    git(checkout.parent, "init", "-q")
    (checkout.parent / "other").write_text("")
    git(checkout.parent, "add", "other")
    git(checkout.parent, "commit", "-q", "-m", "first")
    assert module.git_state() is None


def test_the_hash_of_the_code_follows_the_code(checkout):
    before = module.sha256_of_code()
    (checkout / "record" / "manifest.py").write_text("x = 2\n")
    module.sha256_of_code.cache_clear()
    assert module.sha256_of_code() != before
