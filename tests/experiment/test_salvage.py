from hypothesis import given
from hypothesis import strategies as st

from sim.experiment.salvage import salvaged


@given(st.integers(1, 60), st.sets(st.integers(0, 59)))
def test_only_what_fails_is_lost(runs, faulty):
    plays = []

    def play(first, end):
        plays.append((first, end))
        if faulty & set(range(first, end)):
            raise ArithmeticError(first)
        return list(range(first, end))

    parts = list(salvaged(play, 0, runs))
    assert [first for first, _, _ in parts] == [0, *(end for _, end, _ in parts[:-1])]
    assert parts[-1][1] == runs
    for first, end, left in parts:
        if isinstance(left, Exception):
            assert end - first == 1
            assert first in faulty
        else:
            assert left == list(range(first, end))
    if len(faulty & set(range(runs))) == 1:
        assert len(plays) <= 2 * runs.bit_length() + 1


def test_where_every_run_fails_the_rest_is_given_up():
    plays = []

    def play(first, end):
        plays.append((first, end))
        raise ArithmeticError("always")

    parts = list(salvaged(play, 0, 1000, most=5))
    assert parts[0][0] == 0
    assert parts[-1][1] == 1000
    assert all(isinstance(left, ArithmeticError) for _, _, left in parts)
    assert len(plays) < 20
