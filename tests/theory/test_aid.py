import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.theory.aid import next_pledges

PLEDGES = arrays(np.float64, (4, 3), elements=st.floats(0.0, 10.0))
SHARE = np.array([[0.4], [0.3], [0.2], [0.1]])
part = st.floats(0.0, 1.0)


@given(pledged=PLEDGES, pull=part, lost=part)
def test_pledges_are_never_negative_and_the_pull_alone_keeps_their_sum(pledged, pull, lost):
    assert (next_pledges(pledged, SHARE, pull, lost) >= 0.0).all()
    assert next_pledges(pledged, SHARE, pull, 0.0).sum(axis=0) == pytest.approx(pledged.sum(axis=0))


def test_a_donor_that_left_is_drawn_back_by_its_peers_and_a_loss_fades_as_a_power():
    pledged = SHARE * np.ones(1)
    assert next_pledges(pledged, SHARE, 0.0, 0.1)[:, 0] == pytest.approx(0.9 * SHARE[:, 0])
    pledged[0] = 0.0
    assert next_pledges(pledged, SHARE, 0.25, 0.0)[0, 0] == pytest.approx(0.25 * 0.4 * 0.6)


def test_a_week_leaves_the_pledges_before_it_alone():
    pledged = SHARE * np.ones(2)
    next_pledges(pledged, SHARE, 0.5, 0.5)
    assert (pledged == SHARE).all()


def test_nobody_gives_back_where_all_commitment_is_lost():
    assert (next_pledges(SHARE * np.ones(1), SHARE, 0.0, 1.0) == 0.0).all()
