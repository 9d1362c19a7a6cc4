"""Ties from graphs: a GraphML file and a NetworkX graph are the same as the table of their edges."""

import networkx as nx
import numpy as np
import pytest

from sim.scenario import InputFault, load
from sim.scenario.graphs import table_of, table_of_graphml
from sim.scenario.joining import with_ties
from tests.toys import assembly


def directed():
    graph = nx.DiGraph()
    graph.add_weighted_edges_from([("UPS", "LAK", 0.5), ("LAK", "DOW", 2.0)])
    return graph


def graphml(graph):
    return "\n".join(nx.generate_graphml(graph))


def rows(scenario, layer):
    found = scenario.tables.ties[layer]
    return [*zip(found.influenced.tolist(), found.other.tolist(), found.weight.tolist(), strict=True)]


def test_a_graph_and_its_graphml_are_the_same_table():
    text, faults = table_of_graphml(graphml(directed()), "ties.graphml")
    assert faults == []
    assert text == table_of(directed())
    assert text.splitlines() == ["from,to,weight", "UPS,LAK,0.5", "LAK,DOW,2.0"]


def test_an_undirected_tie_goes_both_ways_and_weighs_one():
    assert table_of(nx.Graph([("UPS", "LAK")])).splitlines()[1:] == ["UPS,LAK,1", "LAK,UPS,1"]


def test_nodes_go_by_their_labels_where_all_have_one():
    graph = nx.DiGraph()
    graph.add_node("n0", label="UPS")
    graph.add_node("n1", label="LAK")
    graph.add_edge("n0", "n1", weight=3)
    assert table_of_graphml(graphml(graph), "x.graphml")[0].splitlines()[1] == "UPS,LAK,3"


def test_a_graph_from_python_joins_the_layers_and_stays_with_the_scenario():
    joined = with_ties(assembly(), "friendship", directed(), weight=2.0)
    assert rows(joined, "friendship") == [(0, 2, 0.5), (2, 1, 2.0)]
    assert rows(joined, "trade") == rows(assembly(), "trade")
    assert joined.tables.texts["graphs/friendship.csv"] == table_of(directed())
    assert joined.ties["friendship"].weight.centre == 2.0
    replaced = with_ties(joined, "friendship", nx.DiGraph([("DOW", "UPS")]))
    assert rows(replaced, "friendship") == [(1, 0, 1.0)]


@pytest.mark.parametrize(
    ("edge", "sentence"),
    [
        (("UPS", "QQQ", 1), '"QQQ" is not in the table of states'),
        (("UPS", "LAK", -1), "0 or more is allowed, found -1"),
        (("UPS", "UPS", 1), "a tie to another state is allowed, found UPS with itself"),
        (("UPS", "LAK", "much"), 'a number is allowed, found "much"'),
    ],
)
def test_a_graph_that_is_wrong_is_told_of_with_its_tie(edge, sentence):
    graph = nx.DiGraph()
    graph.add_weighted_edges_from([edge])
    with pytest.raises(InputFault) as raised:
        with_ties(assembly(), "friendship", graph)
    assert sentence in str(raised.value)


def test_a_graphml_file_is_read_beside_a_scenario_and_its_faults_name_the_tie(tmp_path, root):
    (tmp_path / "scenario.yaml").write_text(f"extends: {root}/tests/bad_scenarios/000-good-tables\n", encoding="utf-8")
    good = root / "tests" / "bad_scenarios" / "000-good-tables"
    for file in good.iterdir():
        (tmp_path / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "scenario.yaml").write_text(
        (good / "scenario.yaml").read_text(encoding="utf-8")
        .replace("../000-good.yaml", "../base/000-good.yaml").replace("ties.csv", "ties.graphml"), encoding="utf-8",
    )  # fmt: skip
    (tmp_path.parent / "base").mkdir(exist_ok=True)
    (tmp_path.parent / "base" / "000-good.yaml").write_text((good.parent / "000-good.yaml").read_text())
    (tmp_path / "ties.graphml").write_text(graphml(directed()), encoding="utf-8")
    scenario = load(tmp_path)
    assert rows(scenario, "trade") == [(0, 2, 0.5), (2, 1, 2.0)]
    bad = directed()
    bad.add_edge("LAK", "QQQ", weight=1)
    (tmp_path / "ties.graphml").write_text(graphml(bad), encoding="utf-8")
    with pytest.raises(InputFault) as raised:
        load(tmp_path)
    assert str(raised.value.faults[0]) == 'ties.graphml tie 3: "QQQ" is not in the table of states'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("from,to\n", "no GraphML"),
        ('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "a">]><x/>', "without a document type"),
        ("<graphml/>", "no GraphML"),
        ('<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph edgedefault="directed"/></graphml>', "one tie"),
    ],
)
def test_what_is_no_graph_is_refused_in_a_sentence(text, sentence):
    table, faults = table_of_graphml(text, "ties.graphml")
    assert table == ""
    assert len(faults) == 1
    assert sentence in str(faults[0])


def test_the_weights_of_a_graph_survive_to_the_last_bit():
    weights = np.random.default_rng(2).random(3)
    graph = nx.DiGraph()
    graph.add_weighted_edges_from(zip(["UPS", "LAK", "DOW"], ["LAK", "DOW", "UPS"], weights.tolist(), strict=True))
    assert {weight for _, _, weight in rows(with_ties(assembly(), "x", graph), "x")} == set(weights.tolist())
