"""The General Assembly's record: reading roll calls, predicting each from those before it, scoring the predictions."""

from sim.studies.assembly.hindcast import Hindcast, hindcast
from sim.studies.assembly.reader import read_record

__all__ = ["Hindcast", "hindcast", "read_record"]
