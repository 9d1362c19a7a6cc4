"""How a table talks: the registered protocols, one a file, each a function from a table to the next text."""

from sim.world.protocols.alternating_offers import alternating_offers
from sim.world.protocols.alternating_texts import alternating_texts
from sim.world.protocols.arbitral_fill_in import arbitral_fill_in
from sim.world.protocols.baron_ferejohn import baron_ferejohn
from sim.world.protocols.challenge import challenge
from sim.world.protocols.nash_point import nash_point
from sim.world.protocols.registry import NEEDS, PROTOCOLS, Luck, Protocol, Table, Tabled, Voices, protocol, spoken
from sim.world.protocols.rubinstein import rubinstein
from sim.world.protocols.sealed_bids import sealed_bids
from sim.world.protocols.single_text import single_text
from sim.world.protocols.zeuthen import zeuthen

__all__ = ["NEEDS", "PROTOCOLS", "Luck", "Protocol", "Table", "Tabled", "Voices", "protocol", "spoken"]
__all__ += ["alternating_offers", "alternating_texts", "arbitral_fill_in", "baron_ferejohn", "challenge"]
__all__ += ["nash_point", "rubinstein", "sealed_bids", "single_text", "zeuthen"]
