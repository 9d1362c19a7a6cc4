"""Networks made up for experiments, by rules registered under a name that a scenario uses.

What they are is NetworkX's; here is only which states are the nodes and where the luck comes from: a stream of
its own, the same for all replicates of a seed, so that runs differ by what happens on a network and not by it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.randomness import Luck
from sim.scenario.tables import StateRows, TieRows

Generator = Callable[[StateRows, Any, np.random.Generator], Any]

GENERATORS: dict[str, Generator] = {}
"""All registered generators by name: states, the layer's numbers and luck in, a NetworkX graph of rows out."""


def generator(name: str) -> Callable[[Generator], Generator]:
    """Registers a generator under a name; a name that is taken is refused."""

    def register(rule: Generator) -> Generator:
        if GENERATORS.setdefault(name, rule) is not rule:
            raise ValueError(f"a generator named {name} is registered already")
        return rule

    return register


@generator("small_world")
def small_world(states: StateRows, numbers: Any, luck: np.random.Generator) -> Any:
    """A ring of neighbours with some ties rewired.

    Source: [WattsStrogatz1998]_ (Watts and Strogatz, 1998).
    """
    import networkx as nx

    return nx.watts_strogatz_graph(len(states.iso3), numbers.neighbours, numbers.rewiring, seed=luck)


@generator("scale_free")
def scale_free(states: StateRows, numbers: Any, luck: np.random.Generator) -> Any:
    """New states tie themselves to those that have most ties.

    Source: [BarabasiAlbert1999]_ (Barabási and Albert, 1999).
    """
    import networkx as nx

    return nx.barabasi_albert_graph(len(states.iso3), max(numbers.neighbours // 2, 1), seed=luck)


@generator("block_model")
def block_model(states: StateRows, numbers: Any, luck: np.random.Generator) -> Any:
    """Ties are likely inside a regional group and less likely between two.

    Source: [HollandEtAl1983]_ (Holland, Laskey and Leinhardt, 1983).
    """
    import networkx as nx

    regions = states.regions or ("",) * len(states.iso3)
    names = sorted(set(regions))
    order = [row for name in names for row, region in enumerate(regions) if region == name]
    sizes = [regions.count(name) for name in names]
    chances = np.full((len(names), len(names)), numbers.between)
    np.fill_diagonal(chances, numbers.inside)
    return nx.stochastic_block_model(sizes, chances.tolist(), nodelist=order, seed=luck)


def generated(name: str, numbers: Any, states: StateRows, luck: Luck) -> TieRows:
    """Ties of one layer that a generator makes, each undirected tie in both directions with weight 1.

    Parameters
    ----------
    name : str
        Of the layer; it is part of the address of the luck.
    numbers : record
        ``kind`` and the generator's numbers.
    """
    graph = GENERATORS[numbers.kind](states, numbers, luck.shared("ties", name))
    pairs: npt.NDArray[np.intp] = np.array(sorted(graph.edges()), dtype=np.intp).reshape(-1, 2)
    both = np.concatenate([pairs, pairs[:, ::-1]])
    return TieRows(both[:, 0], both[:, 1], np.ones(len(both)))
