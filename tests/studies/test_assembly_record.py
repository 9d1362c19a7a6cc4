"""The rolling prediction of the real record, where the roll calls are here."""

import pytest

from sim.studies.assembly import hindcast, read_record
from sim.studies.assembly.scores import mean
from sim.studies.assembly.telling import TARGETS, coverage, lines, text_line

FAMILY = "last vote, same family"


@pytest.fixture(scope="module")
def record(shared_data):
    return read_record(shared_data)


@pytest.fixture(scope="module")
def found(record):
    return hindcast(record)


def test_each_roll_call_stands_in_the_record_once_and_none_after_the_start(record):
    calls = [call for call in (*record.texts, *record.background) if call.votes is not None]
    days = [(call.day, call.known.tobytes()) for call in calls if call.own]
    assert len(record.targets) == 23
    assert all((call.day, call.known.tobytes()) not in days for call in record.background)
    assert max(call.day for call in (*record.texts, *record.background)) < "2026-02-24"


@pytest.mark.slow
def test_the_rolling_prediction_beats_every_baseline(found):
    model = mean([text.score for text in found.texts])
    others = {name: mean([text.others[name] for text in found.texts]) for name in found.texts[0].others}
    assert model.right >= others[FAMILY].right + TARGETS["over the family"]
    assert model.brier < min(one.brier for one in others.values())
    assert model.log < min(one.log for one in others.values())
    assert model.right_of_all > max(one.right_of_all for one in others.values())


@pytest.mark.slow
def test_voting_states_right_reach_what_was_measured(found):
    """The target of the catalogue; it is reached barely, so that any loss is seen here."""
    assert mean([text.score for text in found.texts]).right >= 0.87


@pytest.mark.slow
def test_intervals_hold_what_they_say(found):
    assert coverage(found.texts) >= TARGETS["coverage"]


@pytest.mark.slow
def test_the_last_line_says_it_all(record, found):
    plain = hindcast(record, precedents=False, earlier=found)
    told = list(lines(found, plain))
    assert told[-1].startswith("average accuracy 0.")
    assert "Brier score" in told[-1]
    assert "coverage" in told[-1]
    assert text_line(found.texts[0]).startswith("71/205")


@pytest.mark.slow
def test_nothing_of_a_text_itself_is_looked_at(record):
    """A prediction does not move when the votes of its text and of later ones are others."""
    from dataclasses import replace

    import numpy as np

    from sim.studies.assembly.forecast import forecast

    target = record.targets[1]
    first = forecast(record, target)
    changed = tuple(
        text if text.day < target.day else replace(text, votes=np.zeros_like(target.known), totals=(193, 0, 0, 0))
        for text in record.texts
    )
    other = replace(
        record, texts=changed, background=tuple(call for call in record.background if call.day < target.day)
    )
    again = forecast(other, next(text for text in changed if text.name == target.name))
    assert (first.probabilities() == again.probabilities()).all()
