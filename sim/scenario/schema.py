"""The vocabulary as a JSON Schema, for editors that complete keys and underline faults while one writes."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from sim.scenario.vocabulary import Scenario
from sim.scenario.vocabulary.base import Number, Positive, Share, Signed
from sim.scenario.vocabulary.experiment import Experiment
from sim.scenario.vocabulary.search import Search

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NUMBERS = {"Number": Number, "Positive": Positive, "Share": Share, "Signed": Signed}


def json_schema() -> dict[str, Any]:
    """JSON Schema of scenario files.

    It knows keys, kinds and ranges; names that must agree, tables and windows are checked by reading alone.

    >>> json_schema()["additionalProperties"]
    False
    """
    numbers = {name: TypeAdapter(number).json_schema() for name, number in _NUMBERS.items()}
    schema = _shortened(Scenario.model_json_schema(), numbers)
    meaning = "Neighbouring scenario on which this one builds: ../name or other.yaml."
    schema["properties"] = {"extends": {"type": "string", "description": meaning}, **schema["properties"]}
    # What builds on another scenario may leave to it what a scenario needs.
    schema["if"] = {"not": {"required": ["extends"]}}
    schema["then"] = {"required": schema.pop("required")}
    schema["$defs"] |= numbers
    return {"$schema": DIALECT, **schema, "title": "Parley scenario"}


def experiment_schema() -> dict[str, Any]:
    """JSON Schema of experiment files; paths, variants and outcomes are checked by reading alone.

    >>> "factors" in experiment_schema()["properties"]
    True
    """
    return {"$schema": DIALECT, **_shortened(Experiment.model_json_schema(), {}), "title": "Parley experiment"}


def search_schema() -> dict[str, Any]:
    """JSON Schema of search files; paths, values and the outcome are checked by reading alone.

    >>> "levers" in search_schema()["properties"]
    True
    """
    return {"$schema": DIALECT, **_shortened(Search.model_json_schema(), {}), "title": "Parley search"}


def _shortened(schema: Any, numbers: dict[str, Any]) -> Any:
    """Schema that refers to the kinds of numbers instead of spelling them out at every place."""
    if isinstance(schema, list):
        return [_shortened(entry, numbers) for entry in schema]
    if not isinstance(schema, dict):
        return schema
    name = next((name for name, number in numbers.items() if schema.get("anyOf") == number["anyOf"]), None)
    if name is not None:
        schema = {"$ref": f"#/$defs/{name}", **{key: schema[key] for key in schema if key != "anyOf"}}
    kept = {key: entry for key, entry in schema.items() if key != "default"}
    return {**{key: _shortened(entry, numbers) for key, entry in kept.items()}, **_default(schema)}


def _default(schema: dict[str, Any]) -> dict[str, Any]:
    """Default as an author would write it; none for a section, whose keys have their own."""
    default = schema.get("default")
    if not isinstance(default, dict):
        return {"default": default} if default is not None else {}
    return {"default": default["arguments"][0]} if default.get("family") == "fixed" else {}
