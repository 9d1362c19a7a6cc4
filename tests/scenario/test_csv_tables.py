"""Tables beside the file: what becomes of their columns, and limits."""

import numpy as np
import pytest

from sim.scenario.csv_tables import MOST_FAULTS, read_donors, read_states, read_ties
from sim.scenario.faults import InputFault
from sim.scenario.reading import load
from sim.scenario.table_files import Shelf

HEADER = "iso3,name,groups,council,general,conflict,absence,dependence_a,dependence_b,sender,trade_b"
STATES = f"""{HEADER},land,extra,note
AAA,Land A,EU; G7;EU,permanent,1,-2,0.5,0,1,1,0,0.25,7,x
BBB,"Land B, upper",,,0,0,0,0,0,0,0,1e-1,8,
CCC,Land C,G7,elected,0,0,0,0,0,0,0,1,-9,y
"""


def test_columns_of_states_keep_the_order_of_the_file():
    states, faults = read_states(STATES, "states.csv", ["land"])
    assert faults == []
    assert states.iso3 == ("AAA", "BBB", "CCC")
    assert states.names[1] == "Land B, upper"
    assert states.groups == (("EU", "G7"), (), ("G7",))
    assert states.council == ("permanent", "", "elected")
    assert states.members("G7").tolist() == [True, False, True]
    np.testing.assert_array_equal(states.columns["land"], [0.25, 0.1, 1])
    np.testing.assert_array_equal(states.columns["extra"], [7, 8, -9])
    assert "note" not in states.columns


def test_ties_are_rows_of_the_table_of_states():
    states, _ = read_states(STATES, "states.csv", [])
    ties, faults = read_ties("weight,to,from,since\n0.5,AAA,CCC,1949\n2,CCC,BBB,\n", "ties.csv", states)
    assert faults == []
    assert (ties.influenced.tolist(), ties.other.tolist(), ties.weight.tolist()) == (
        [2, 1],
        [0, 2],
        [0.5, 2.0],
    )


def test_donors_need_no_row_among_the_states():
    donors, faults = read_donors("donor,weekly,note\nEU,0.5,\nAAA,0,x\n", "donors.csv")
    assert (donors.donor, donors.weekly.tolist(), faults) == (("EU", "AAA"), [0.5, 0.0], [])


def test_windows_lines_blank_lines_and_spaces_are_no_fault():
    donors, faults = read_donors(" donor , weekly\r\n\r\nEU , 0.5\r\n", "donors.csv")
    assert (donors.donor, faults) == (("EU",), [])


def test_many_faults_are_cut_short():
    text = "donor,weekly\n" + "".join(f"D{number},much\n" for number in range(100))
    donors, faults = read_donors(text, "donors.csv")
    assert donors is None
    assert len(faults) == MOST_FAULTS + 1
    assert str(faults[-1]) == "donors.csv: 80 more faults like these"


@pytest.mark.parametrize(
    "text", ["", "\n\n", "donor\nEU\n", "donor,weekly\nEU,1e999\n", "donor,weekly\nEU,1_0\n", "\0,\0\n"]
)
def test_what_is_no_table_of_donors_is_a_fault(text):
    donors, faults = read_donors(text, "donors.csv")
    assert donors is None
    assert faults


def test_a_table_beyond_the_limit_is_not_read(tmp_path):
    (tmp_path / "big.csv").write_bytes(b"a" * 5_000_001)
    with pytest.raises(LookupError, match="at most 5,000,000 bytes"):
        Shelf((tmp_path,)).text("big.csv")


def test_a_folder_is_no_table(tmp_path):
    (tmp_path / "states.csv").mkdir()
    with pytest.raises(LookupError, match="no such file"):
        Shelf((tmp_path,)).text("states.csv")


def test_a_device_is_no_scenario():
    with pytest.raises(InputFault, match="no such file"):
        load("/dev/zero")
