"""Observed votes from a user's own table: every state once, every vote known, every fault with its line."""

import pytest

from sim.scenario import InputFault
from sim.scenario.vote_tables import observed_votes
from tests.toys import assembly

GOOD = "iso3,vote,name\nUPS,Y,Up\nDOW,no,Down\nLAK,a,Lake\nDEL,X,Delta\n"


@pytest.fixture
def states():
    return assembly().tables.states


def read(tmp_path, text, states, **how):
    file = tmp_path / "votes.csv"
    file.write_text(text, encoding="utf-8")
    return observed_votes(file, states, **how)


def test_letters_and_words_are_read_large_and_small(tmp_path, states):
    assert read(tmp_path, GOOD, states) == {"UPS": "yes", "DOW": "no", "LAK": "abstain", "DEL": "absent"}


def test_a_wide_table_is_read_by_the_column_of_its_resolution(tmp_path, states):
    wide = GOOD.replace("vote", "ES-11/7")
    assert read(tmp_path, wide, states, column="ES-11/7")["DOW"] == "no"


def test_all_that_is_wrong_is_told_at_once_with_its_line(tmp_path, states):
    bad = "iso3,vote\nUPS,Y\nUSP,N\nLAK,perhaps\nLAK,A\nDEL,\n"
    with pytest.raises(InputFault) as raised:
        read(tmp_path, bad, states)
    assert [str(fault) for fault in raised.value.faults] == [
        "votes.csv line 1, column iso3: every state of the table is needed, missing DOW",
        'votes.csv line 3, column iso3: "USP" is not in the table of states; did you mean UPS?',
        'votes.csv line 4, column vote: Y, N, A or X is allowed, found "perhaps"',
        "votes.csv line 5, column iso3: LAK stands twice, first in line 4",
        "votes.csv line 6, column vote: Y, N, A or X is allowed, found nothing",
    ]


@pytest.mark.parametrize(("text", "part"), [("a,b\n1,2\n", "a header with"), ("iso3,vot\nUPS,Y\n", "vote: missing")])
def test_a_table_of_another_shape_is_refused(tmp_path, states, text, part):
    with pytest.raises(InputFault) as raised:
        read(tmp_path, text, states)
    assert part in str(raised.value)


def test_a_file_that_is_not_there_is_told_in_a_sentence(tmp_path, states):
    with pytest.raises(InputFault, match="cannot be read"):
        observed_votes(tmp_path / "none.csv", states)
