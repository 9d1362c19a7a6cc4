"""Ties from graphs: a GraphML file, or any NetworkX graph, as the rows of a table from, to, weight.

An edge from u to v says that u listens to v; an undirected edge stands for both directions; without a weight it
weighs 1.  A graph becomes a table, so that its ties are checked, kept and hashed as those of any other layer.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import ParseError

from sim.scenario.csv_tables import MOST_ROWS
from sim.scenario.faults import Fault

WEIGHT = "weight"


def table_of(graph: Any, weight: str = WEIGHT) -> str:
    """Ties of a NetworkX graph as the text of a CSV table.

    Parameters
    ----------
    graph : networkx.Graph, DiGraph, or multigraph
        Nodes are the codes of states.
    weight : str
        Edge attribute with the weight; 1 where an edge has none.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["from", "to", WEIGHT])
    writer.writerows(_ties(graph, weight))
    return text.getvalue()


def _ties(graph: Any, weight: str) -> Iterator[tuple[str, str, Any]]:
    for one, other, told in graph.edges(data=True):
        yield str(one), str(other), told.get(weight, 1)
        if not graph.is_directed() and one != other:
            yield str(other), str(one), told.get(weight, 1)


def table_of_graphml(text: str, file: str) -> tuple[str, list[Fault]]:
    """Ties of a GraphML file as the text of a CSV table, or why it cannot be read.

    Parameters
    ----------
    text : str
        The file.
    file : str
        Its name in the report.
    """
    import networkx as nx

    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        return "", [Fault(file, "GraphML without a document type is allowed, found one")]
    try:
        graph = nx.parse_graphml(text)
    except (ParseError, nx.NetworkXError, ValueError, KeyError) as error:
        return "", [Fault(file, f"no GraphML: {str(error).splitlines()[0] if str(error) else type(error).__name__}")]
    except StopIteration:
        return "", [Fault(file, "no GraphML: there is no graph in it")]
    if graph.number_of_edges() > MOST_ROWS:
        return "", [Fault(file, f"at most {MOST_ROWS:,} ties are allowed, found {graph.number_of_edges():,}")]
    if graph.number_of_edges() == 0:
        return "", [Fault(file, "at least one tie is allowed, found none")]
    return table_of(_with_labels(graph)), []


def _with_labels(graph: Any) -> Any:
    """A graph whose nodes go by their label where every node has one: tools number nodes as they like."""
    import networkx as nx

    labels = nx.get_node_attributes(graph, "label")
    return nx.relabel_nodes(graph, labels) if len(labels) == len(graph) == len(set(labels.values())) else graph
