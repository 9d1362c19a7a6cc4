"""Every entry that needs no scenario holds, and the catalogue is whole."""

import re

import numpy as np
import pytest

from sim.experiment.histories import history
from sim.studies.validate.catalogue import ENTRIES, validate
from sim.studies.validate.entry import Entry
from sim.studies.validate.facts import FACTS, UNHEARD
from sim.studies.validate.mirror import mirror_differences
from sim.studies.validate.small_worlds import LIVELY, differing, lived, world

NUMBERED = {int(match[0]) for entry in ENTRIES if (match := re.match(r"\d+", entry.number))}
ASKED = {1, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 22, 24, 25, 26, 27, 28, 29, 30, 32, 34, 35,
         37, 38, 39, 41, 42, 44, 45, 47, 49, 50}  # fmt: skip
"""Numbers of the catalogue; those between were never given."""


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.number)
def test_an_entry_holds(entry):
    checked = entry.check()
    assert checked.verdict == "holds" or (entry.find is None and entry.remark), checked.found


def test_no_number_is_missing_and_none_is_given_twice():
    numbers = [entry.number for entry in ENTRIES]
    assert len(set(numbers)) == len(numbers)
    assert NUMBERED == ASKED
    assert {f"M{law}" for law in range(1, 17)} <= set(numbers)
    assert {f"B6.{row}" for row in range(1, 16)} <= set(numbers)
    facts = {fact.number for fact in FACTS} | UNHEARD.keys()
    assert {f"S{fact}" for fact in range(1, 18)} <= facts


def test_every_source_is_in_the_list_of_references(root):
    known = re.findall(
        r"^- (\w+): ", (root / "sim" / "theory" / "references.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    named = {key for each in (*ENTRIES, *FACTS) for key in each.source.split(", ") if key} - {"words"}
    assert named - set(known) == set()
    assert len(named) > 30
    assert [entry.number for entry in ENTRIES if entry.group == "exact" and not entry.source] == []


@pytest.mark.parametrize("found", [(1.0 + 2e-9, 2.0), (1.0, np.nan), (1.0,), (1.0, 2.0, 3.0), (np.inf, 2.0)])
def test_what_differs_fails(found):
    assert Entry("exact", "0", "", (1.0, 2.0), lambda: found).check().verdict == "fails"


def test_what_agrees_holds_and_what_is_not_there_is_left_out():
    assert Entry("exact", "0", "", (1.0, 2.0), lambda: np.array([[1.0], [2.0 + 5e-10]])).check().verdict == "holds"
    assert Entry("exact", "0", "", (1.0,), None).check().verdict == "left out"


def test_only_the_groups_that_are_asked_for_are_gone_through(monkeypatch):
    entries = [Entry(group, group, "", (0.0,), lambda: 0.0) for group in ("exact", "laws")]
    monkeypatch.setattr("sim.studies.validate.catalogue.ENTRIES", entries)
    assert [one.entry.group for one in validate(("laws", "facts"))] == ["laws"]


def test_a_small_difference_between_two_histories_is_counted():
    one = lived(*LIVELY)
    other = history(world(*LIVELY), one.replicates)
    assert differing(one, other) == 0
    other.readings["front"][3, 5] += 1e-12
    assert (differing(one, other), differing(one, other, tolerance=1e-10)) == (1, 0)
    other.readings["offer"][np.isnan(other.readings["offer"])] = 0.5
    assert differing(one, other) > 100
    fewer = type(one)(one.replicates, one.readings, one.events[1:])
    assert differing(one, fewer) == 1
    assert differing(one, fewer, but=(one.events[0][3],)) == 0


def test_the_mirror_is_not_blind(monkeypatch):
    monkeypatch.setattr("sim.studies.validate.mirror.SIGNED", ())
    assert mirror_differences() > 100


@pytest.mark.parametrize(
    ("number", "spoilt"),
    [("M3", "INERT"), ("M4a", "shock"), ("25", "POWERLESS")],
)
def test_a_law_sees_what_it_forbids(number, spoilt, monkeypatch):
    """A mediator with good offices, a shock with a size, and a mediator with leverage are all seen."""
    from sim.studies.validate import laws

    if spoilt == "INERT":
        monkeypatch.setattr(laws, "INERT", laws.INERT.replace("mandate: []", "mandate: [], good_offices: 0.9"))
    elif spoilt == "POWERLESS":
        monkeypatch.setattr(laws, "POWERLESS", laws.POWERLESS[1:])
    else:
        monkeypatch.setattr(laws, "lived", lambda *all: lived(*(one.replace("size: 0,", "size: 1,") for one in all)))
    (entry,) = (entry for entry in ENTRIES if entry.number == number)
    assert entry.check().verdict == "fails"
