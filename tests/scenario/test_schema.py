"""The JSON Schema: a valid schema that agrees with the reader on what it can know."""

import datetime
import json
from pathlib import Path

import jsonschema
import pytest

from sim.scenario import json_schema
from sim.scenario.yaml_door import read_mapping

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "scenarios").glob("*/scenario.yaml")) + sorted((ROOT / "tests/bad_scenarios").glob("000-*.yaml"))
SCHEMA = json_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def as_json(value):
    if isinstance(value, dict):
        return {key: as_json(entry) for key, entry in value.items()}
    if isinstance(value, tuple):
        return [as_json(entry) for entry in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def test_it_is_a_schema_and_plain_json():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA
    assert SCHEMA["title"] == "Parley scenario"
    assert "$id" not in SCHEMA


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_what_is_shipped_is_valid(file):
    assert not list(VALIDATOR.iter_errors(as_json(read_mapping(file.read_bytes(), file.name))))


@pytest.mark.parametrize(
    "bad",
    [
        {"front": {"shar": 0.5}},
        {"front": {"share": 40}},
        {"front": {"share": {"triangular": [0.1, 0.2]}}},
        {"actors": {"envoy": {"kind": "mediatr"}}},
        {"protocol": {"rounds": 4.5}},
        {"mechanisms": {"learning": "no"}},
        {"ripeness": {"rule": "any"}},
        {"calendar": {"start": 5}},
        {"colour": "green"},
    ],
)
def test_what_the_reader_refuses_for_its_form_is_not_valid(bad):
    assert list(VALIDATOR.iter_errors({"extends": "../toy", "name": "x", **bad}))


def test_what_extends_another_may_leave_out_what_that_has():
    assert not list(VALIDATOR.iter_errors({"extends": "../toy", "name": "x"}))
    assert list(VALIDATOR.iter_errors({"name": "x"}))


def test_every_key_of_a_number_says_what_it_is():
    front = SCHEMA["$defs"]["Front"]["properties"]
    assert front["share"]["description"] == "Share held by B at the start."
    assert front["mobility"]["default"] == 0.01
