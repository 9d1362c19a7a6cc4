"""The inverse question: which cheapest or smallest set of levers makes an outcome probable enough."""
