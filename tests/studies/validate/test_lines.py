"""How the catalogue is printed."""

import csv
import io
import json

import numpy as np

from sim.studies.validate.entry import Checked, Entry
from sim.studies.validate.lines import as_csv, as_json, as_line, closing

ENTRY = Entry("exact", "14", "Rubinstein", (0.5263157,), lambda: 0.5263157, 1e-9, "Rubinstein1982", "T")
MISSING = Entry("laws", "M11", "Amendments", (0.0,), None, remark="not there")
PATTERN = Entry("facts", "S7", "toy: talks", (0.8,), None, 0.0, "Min2020", remark="a remark")
LONG = Entry("exact", "28", "Gap", tuple(np.arange(12.0)), lambda: np.zeros(12))
OUTSIDE = Checked(PATTERN, (0.9,), "fails", (0.85, 0.95), (0.7, 0.86))
FAR = Checked(PATTERN, (1.0,), "fails", (0.95, 1.0), (0.7, 0.86))
SIGN = Checked(PATTERN, (0.1,), "holds", (-0.1, 0.3), (5e-324, np.inf))
ALL = [ENTRY.check(), MISSING.check(), LONG.check(), OUTSIDE, FAR, SIGN]


def test_a_line_says_name_expected_found_tolerance_and_source():
    line = as_line(ALL[0])
    assert line.startswith("ok   14 ")
    for part in ("Rubinstein", "expected 0.5263157", "found 0.5263157", "tolerance 1e-09", "Rubinstein1982"):
        assert part in line
    assert as_line(ALL[1]) == "-    M11   Amendments: left out, not there"
    assert as_line(ALL[2]).startswith("FAIL 28 ")
    assert "(12 numbers)" in as_line(ALL[2])
    assert all("\n" not in as_line(one) for one in ALL)


def test_a_pattern_says_its_band_its_interval_and_whether_they_touch():
    assert "expected 0.7 to 0.86; found 0.9 (0.85 to 0.95); band, into which the interval reaches" in as_line(OUTSIDE)
    assert "; band; Min2020; a remark" in as_line(FAR)
    assert "expected above 0; found 0.1 (-0.1 to 0.3); band, out of which the interval reaches" in as_line(SIGN)


def test_the_closing_counts_are_by_group_and_name_what_fails():
    assert closing(ALL) == [
        "exact results: 2 entries, 1 holds, 1 fails, 0 left out",
        "  fails: 28",
        "laws: 1 entries, 0 holds, 0 fails, 1 left out",
        "patterns of past wars: 3 entries, 1 holds, 2 fails, 0 left out",
        "  fails: S7 toy, S7 toy",
    ]
    assert closing([]) == []


def test_rows_for_other_programs_have_all_numbers():
    rows = json.loads(as_json(ALL))
    assert [row["verdict"] for row in rows] == ["holds", "left out", "fails", "fails", "fails", "holds"]
    assert len(rows[2]["found"]) == 12
    assert rows[5]["band"][1] is None
    table = list(csv.DictReader(io.StringIO(as_csv(ALL))))
    assert [row["number"] for row in table] == [row["number"] for row in rows]
    assert float(table[0]["found"]) == 0.5263157
