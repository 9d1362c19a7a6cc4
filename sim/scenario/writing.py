"""Writing a scenario down again, as resolved, so that reading it gives the same scenario."""

from __future__ import annotations

import io
from typing import Any

from ruamel.yaml import YAML

from sim.scenario.vocabulary import Scenario
from sim.scenario.yaml_door import Tree

WIDTH = 110


def dump(scenario: Scenario) -> str:
    """YAML of a scenario: what was written, in the order of the vocabulary, with overrides in their places.

    Numbers come in their plain units and without the comments of the file; tables keep their file names, and
    their texts are in ``scenario.tables.texts``.

    Parameters
    ----------
    scenario : Scenario
    """
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = None
    yaml.allow_unicode = True
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    yaml.width = WIDTH
    stream = io.StringIO()
    yaml.dump(listed_tree(tree_of(scenario)), stream)
    return stream.getvalue()


def tree_of(scenario: Scenario) -> Tree:
    """Scenario as the tree of a file: what was written and nothing that is only a default."""
    return dict(scenario.model_dump(exclude_unset=True))


def listed_tree(value: Any) -> Any:
    """Tree with lists for tuples, and no two places that share an object: aliases are for people."""
    if isinstance(value, dict):
        return {key: listed_tree(entry) for key, entry in value.items()}
    return [listed_tree(entry) for entry in value] if isinstance(value, tuple | list) else value
