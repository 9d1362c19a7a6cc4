"""Phase 12: the world is told apart from the record: durability is tested, quantities are written down."""

from __future__ import annotations

from sim.world.state import World


def recording(world: World) -> None:
    """Tests whether the peace that stands has become durable."""
    calendar = world.scenario.calendar
    stands = world.at_peace & (world.peace_start < calendar.signing_weeks)
    aged = world.week - world.peace_start >= calendar.standing_weeks
    world.durable = world.durable | (stands & aged)
