"""What is left of a faulty file is a scenario whenever it can be one, and nothing of it was faulty."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sim
from sim.scenario.remainder import remainder
from sim.scenario.table_files import Shelf
from sim.scenario.writing import tree_of
from tests.toys import toy

TREE = tree_of(toy())


def written_with(**entries):
    return {**copy.deepcopy(TREE), **entries}


def test_of_a_sound_file_everything_is_left_but_its_variants():
    left = remainder(TREE, Shelf(texts={}))
    assert tree_of(left) == {**TREE, "variants": {}}


@pytest.mark.parametrize("entry", [{"frnt": 2}, {"weeks": [1]}, {"issue": {"control": 1}}])
def test_unknown_keys_are_left_out(entry):
    assert remainder(written_with(**entry), Shelf(texts={})) == remainder(TREE, Shelf(texts={}))


def test_a_number_out_of_range_leaves_its_default():
    left = remainder(written_with(protocol={"name": "single_text", "step": -1}), Shelf(texts={}))
    assert left.protocol.name == "single_text"
    assert left.protocol.step == toy().protocol.step


@given(st.recursive(st.none() | st.integers() | st.text(), lambda inner: st.dictionaries(st.text(), inner)))
def test_no_file_is_too_broken(tree):
    assert remainder(tree if isinstance(tree, dict) else {"name": tree}, Shelf(texts={})) is None


def test_unknown_names_are_told_beside_faults_of_form(tmp_path, root):
    text = (root / "scenarios" / "toy-two-sides" / "scenario.yaml").read_text(encoding="utf-8")
    wrong = f"{text}\nfrnt: 2\nprotocol: {{name: singl_text}}\n"
    (tmp_path / "scenario.yaml").write_text(wrong, encoding="utf-8")
    with pytest.raises(sim.InputFault) as raised:
        sim.load(tmp_path, variants=["nope"], overrides=["front.share=7", "front.shar=1"])
    assert {fault.place for fault in raised.value.faults} >= {"frnt", "variant nope", "protocol.name"}


def test_settings_are_judged_beside_an_unknown_variant(root):
    with pytest.raises(sim.InputFault) as raised:
        sim.load(root / "scenarios" / "toy-two-sides", variants=["nope"], overrides=["front.share=7", "front.shar=1"])
    assert [fault.place for fault in raised.value.faults] == ["variant nope", "front.share", "front.shar"]
