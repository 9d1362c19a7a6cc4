"""How a table talks: the registered protocols, one a file, each a function from a table to the next text."""

from sim.world.protocols.alternating_texts import alternating_texts
from sim.world.protocols.registry import PROTOCOLS, Luck, Protocol, Table, protocol
from sim.world.protocols.single_text import single_text

__all__ = ["PROTOCOLS", "Luck", "Protocol", "Table", "alternating_texts", "protocol", "single_text"]
