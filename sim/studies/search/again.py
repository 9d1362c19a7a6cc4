"""A search that was kept, played again from its own folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sim.record.study import Study
from sim.scenario.vocabulary.search import Search
from sim.studies.search.study import search


def search_again(
    folder: Path, workers: int = 1, progress: Callable[[int], object] | None = None
) -> tuple[Study, Study]:
    """The kept search, and the same question asked again of the same scenario.

    Parameters
    ----------
    folder : Path
    workers : int, at least 1
    progress : callable, optional
        Called with the number of runs that were just finished.

    Raises
    ------
    FolderFault
        It holds no search, or one that was changed.
    """
    then = Study.load(folder)
    # The scenario of a study has the settings in it already.
    written = {**then.manifest["asked"]["search"], "settings": {}}
    return then, search(Search.model_validate(written), then.scenario, workers=workers, progress=progress)
