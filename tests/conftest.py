"""What all tests share: the data beside the project, and how hard Hypothesis searches."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Tests run beside one another: those that want workers of their own ask for them.
os.environ["LOKY_MAX_CPU_COUNT"] = "1"

ROOT = Path(__file__).resolve().parents[1]

quiet = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", quiet, derandomize=True)
settings.register_profile("search", quiet, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of source data beside the project, which is not part of it."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the source data (../shared/data) are not here, so nothing can be derived from them anew")
    return folder
