"""Numbers as authors write them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.scenario.quantity import LARGEST, Quantity, parse_quantity

WRITTEN = st.sampled_from(
    [
        0.4,
        7,
        "40 %",
        "2/year",
        "12 weeks",
        {"uniform": (0, 1)},
        {"uniform": ("10 %", "20 %"), "source": "x"},
        {"loguniform": (0.1, 10)},
        {"triangular": (0, 0.2, 1)},
        {"triangular": (1, 1, 1)},
        {"normal": (0, 1, -2, 3)},
        {"normal": (0, 0, -1, 1)},
        {"lognormal": (1, 0.5, 0.1, 4)},
        {"beta": (1.2, 24)},
        {"value": 3, "source": "assumed"},
    ]
)


@given(WRITTEN)
def test_a_quantity_comes_back_from_what_it_writes(written):
    assert parse_quantity(parse_quantity(written).written()) == parse_quantity(written)


@given(WRITTEN, st.lists(st.floats(1e-9, 1 - 1e-9), min_size=2, max_size=20))
def test_quantiles_rise_within_the_support(written, levels):
    quantity = parse_quantity(written)
    values = quantity.quantile(np.sort(np.array(levels)))
    low, high = quantity.support
    slack = 1e-12 * max(1, abs(low), abs(high))
    assert np.all(np.diff(values) >= -slack)
    assert low - slack <= values.min() <= values.max() <= high + slack


@pytest.mark.parametrize(
    ("written", "median"),
    [
        ({"uniform": (0, 1)}, 0.5),
        ({"loguniform": (0.1, 10)}, 1.0),
        ({"triangular": (0, 1, 2)}, 1.0),
        ({"normal": (3, 1, 0, 6)}, 3.0),
        ({"lognormal": (2, 0.5, 1, 4)}, 2.0),
        ({"beta": (2, 2)}, 0.5),
        ("50 %", 0.5),
        ("26/year", 0.5),
        ("13/month", 3.0),
        ("4 weeks", 4.0),
    ],
)
def test_known_medians(written, median):
    assert parse_quantity(written).centre == pytest.approx(median)


@pytest.mark.parametrize(
    "written",
    [
        True, None, "", "many", "1.2.3 %", "3 days", "9" * 400 + "%", 10**400, -(10**20), float("nan"),
        float("inf"), {}, {"uniform": (1, 0)}, {"uniform": (0,)}, {"uniform": 3}, {"uniform": (0, True)},
        {"uniform": (0, 1), "beta": (1, 1)}, {"loguniform": (0, 1)}, {"normal": (5, 1, 0, 1)},
        {"normal": (0, -1, -1, 1)}, {"lognormal": (0, 1, 0, 1)},
        {"beta": (0, 1)}, {"value": 1, "source": 3}, {"source": "x"}, [1], {1: 2},
    ],
)  # fmt: skip
def test_what_is_no_number_is_refused_with_a_sentence(written):
    with pytest.raises(ValueError, match=r"allowed|takes"):
        parse_quantity(written)


@given(
    st.recursive(
        st.none() | st.integers() | st.floats() | st.text(),
        lambda inner: st.dictionaries(st.text(), inner) | st.lists(inner),
    )
)
def test_anything_is_a_finite_quantity_or_a_value_error(written):
    try:
        quantity = parse_quantity(written)
    except ValueError:
        return
    assert isinstance(quantity, Quantity)
    assert all(abs(number) <= LARGEST for number in quantity.arguments)
