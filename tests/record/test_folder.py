import errno
import os
import shutil
from pathlib import Path

import pytest

from sim.record.folder import FolderFault, check_place, written


def put(folder, text="new", **options):
    with written(folder, **options) as hidden:
        (hidden / "manifest.json").write_text(text)


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_folder_is_there_when_it_is_complete(tmp_path):
    place = tmp_path / "some" / "where"
    with written(place) as hidden:
        (hidden / "manifest.json").write_text("{}")
        assert not place.exists()
        assert hidden.name.startswith(".")
        assert hidden.parent == place.parent
    assert names(place) == ["manifest.json"]
    assert names(place.parent) == ["where"]


def test_a_folder_can_be_read_like_any_other(tmp_path):
    put(tmp_path / "a")
    (tmp_path / "plain").mkdir()
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "plain").stat().st_mode


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, ValueError("a"), MemoryError])
def test_an_interrupted_writer_leaves_nothing(tmp_path, error):
    place = tmp_path / "a"

    def write():
        with written(place) as hidden:
            (hidden / "half").write_text("x")
            raise error

    with pytest.raises(error if isinstance(error, type) else ValueError):
        write()
    assert names(tmp_path) == []


def test_an_interrupted_writer_leaves_the_older_result(tmp_path):
    place = tmp_path / "a"
    put(place, "old")

    def write():
        with written(place, replace=True):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write()
    assert (place / "manifest.json").read_text() == "old"
    assert names(tmp_path) == ["a"]


def test_a_full_disk_is_one_sentence_and_leaves_nothing(tmp_path):
    place = tmp_path / "a"

    def write():
        with written(place):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(FolderFault, match=r"a cannot be written: no space left on device$"):
        write()
    assert names(tmp_path) == []


def test_an_older_result_is_refused_and_kept(tmp_path):
    put(tmp_path / "a", "old")
    for step in (check_place, put):
        with pytest.raises(FolderFault, match="holds a result already"):
            step(tmp_path / "a")
    assert (tmp_path / "a" / "manifest.json").read_text() == "old"


def test_an_older_result_is_replaced_on_request(tmp_path):
    put(tmp_path / "a", "old")
    (tmp_path / "a" / "figures").mkdir()
    check_place(tmp_path / "a", replace=True)
    put(tmp_path / "a", replace=True)
    assert (tmp_path / "a" / "manifest.json").read_text() == "new"
    assert names(tmp_path / "a") == ["manifest.json"]
    assert names(tmp_path) == ["a"]


def test_an_empty_folder_is_taken(tmp_path):
    (tmp_path / "a").mkdir()
    put(tmp_path / "a")
    assert names(tmp_path) == ["a"]


@pytest.mark.parametrize("replace", [False, True])
def test_what_is_no_result_is_never_replaced(tmp_path, replace):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "thesis.tex").write_text("years of work")
    for step in (check_place, put):
        with pytest.raises(FolderFault, match="no result of Parley"):
            step(tmp_path / "a", replace=replace)
    assert names(tmp_path / "a") == ["thesis.tex"]


def test_a_file_is_not_replaced(tmp_path):
    (tmp_path / "a").write_text("text")
    with pytest.raises(FolderFault, match="is no folder"):
        check_place(tmp_path / "a", replace=True)


def test_a_file_in_the_way_is_told_before_any_work(tmp_path):
    (tmp_path / "a").write_text("text")
    with pytest.raises(FolderFault, match="cannot be written: not a directory"):
        check_place(tmp_path / "a" / "b" / "c")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission_is_told_before_any_work(tmp_path):
    (tmp_path / "a").mkdir(mode=0o500)
    with pytest.raises(FolderFault, match="cannot be written: permission denied"):
        check_place(tmp_path / "a" / "b")


def test_looking_at_a_place_leaves_no_trace(tmp_path):
    check_place(tmp_path / "a" / "b")
    assert names(tmp_path) == []


def test_a_swap_that_fails_puts_the_older_result_back(tmp_path, monkeypatch):
    put(tmp_path / "a", "old")
    rename = Path.rename

    def fails(self, target):
        if Path(target) == tmp_path / "a" and self.name.endswith(".partial"):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fails)
    with pytest.raises(FolderFault, match="input/output error"):
        put(tmp_path / "a", replace=True)
    assert (tmp_path / "a" / "manifest.json").read_text() == "old"
    assert names(tmp_path) == ["a"]


def test_a_result_that_came_meanwhile_is_kept(tmp_path):
    place = tmp_path / "a"

    def write():
        with written(place) as hidden:
            (hidden / "manifest.json").write_text("mine")
            shutil.copytree(hidden, place)
            (place / "manifest.json").write_text("theirs")

    with pytest.raises(FolderFault, match="holds a result already"):
        write()
    assert (place / "manifest.json").read_text() == "theirs"
    assert names(tmp_path) == ["a"]
