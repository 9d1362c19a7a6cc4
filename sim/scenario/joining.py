"""A scenario with ties that come from Python and not from a file."""

from __future__ import annotations

from typing import Any

from sim.scenario.checking import check
from sim.scenario.faults import InputFault
from sim.scenario.graphs import WEIGHT, table_of
from sim.scenario.table_files import Shelf
from sim.scenario.vocabulary import Scenario
from sim.scenario.writing import tree_of


def with_ties(scenario: Scenario, layer: str, graph: Any, *, weight: float = 1.0, attribute: str = WEIGHT) -> Scenario:
    """Scenario with one more layer of ties, or another in its place.

    The layer is kept as a table beside the scenario, so that a result can be read and played again without the
    graph.

    Parameters
    ----------
    scenario : Scenario
        With a table of states.
    layer : str
        Name of the layer.
    graph : networkx.Graph or DiGraph
        Nodes are codes of states; an edge from u to v says that u listens to v.
    weight : float
        Weight of the layer among the layers, zero or more.
    attribute : str
        Edge attribute with the weight of a tie.

    Raises
    ------
    InputFault
        A node is no state of the table, a weight is negative, a tie stands twice, a state is tied to itself.
    """
    file = f"graphs/{layer}.csv"
    tree = tree_of(scenario)
    tree = {**tree, "ties": {**tree.get("ties", {}), layer: {"file": file, "weight": weight}}}
    checked = check(tree, Shelf(texts={**scenario.tables.texts, file: table_of(graph, attribute)}))
    if checked.scenario is None or checked.faults:
        raise InputFault(f"ties {layer}", checked.faults)
    return checked.scenario
