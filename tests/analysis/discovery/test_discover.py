"""Discovery: what is held out is held out, boxes hold there, noise is not taken for a box, words say it."""

import numpy as np
import pytest

from sim.analysis.discovery.box import Box, Fit, fit
from sim.analysis.discovery.discover import as_text, discover, screened, split, tables
from sim.analysis.discovery.tree import leaves
from sim.analysis.discovery.words import sentence, told
from sim.analysis.measures import Estimate
from sim.analysis.points import Points, Unusable
from sim.experiment.sweep import sweep
from sim.figures import STUDIES, draw
from sim.scenario.vocabulary.experiment import Experiment
from sim.studies.explain import discover as explained
from sim.studies.explain import sensitivity
from sim.world.binding import load
from tests.toys import TOY, toy_result


def made(seed=3, count=300, factors=5, replicates=6):
    luck = np.random.default_rng(seed)
    x = luck.uniform(size=(count, factors))
    p = 0.25 + 0.5 * ((x[:, 0] > 0.4) & (x[:, 1] > 0.6))
    y = (luck.uniform(size=(count, replicates)) < p[:, None]).astype(float)
    return Points(tuple(f"f{place}" for place in range(factors)), x, y, "durable")


def test_what_is_held_out_was_never_seen():
    points = made()
    training, held_out = split(points, 1)
    assert (training.x.shape, held_out.x.shape) == ((200, 5), (100, 5))
    assert (training.y.shape[1], held_out.y.shape[1]) == (4, 2)
    assert not set(map(tuple, training.x)) & set(map(tuple, held_out.x))
    alone = split(made(replicates=1), 1)
    assert [part.y.shape[1] for part in alone] == [1, 1]


def test_the_box_holds_on_held_out_points_and_the_words_say_so():
    found = discover(made(), 1, labels={"f0": "monitoring"}, resamples=5)
    assert found.box.restricted.tolist() == [True, True, False, False, False]
    assert found.tests[0].density.low > found.tests[0].overall.value
    assert found.sentences[0].startswith("monitoring above 0.4")
    assert "held-out runs" in found.sentences[0]
    assert "quasi-p" in as_text(found)
    written = tables(found)
    assert written["points"]["held_out"].sum() == 100
    assert written["boxes"]["box"].iloc[0] == "PRIM"
    assert written["trajectory"]["held_out_density"].iloc[0] == pytest.approx(found.held_out.y.mean())


def test_luck_without_a_pattern_gives_no_box_that_holds():
    luck = np.random.default_rng(8)
    held = []
    for seed in range(6):
        points = Points(("a", "b", "c"), luck.uniform(size=(150, 3)), luck.integers(0, 2, (150, 3)).astype(float))
        found = discover(points, seed, resamples=2)
        held.append(found.tests[0].density.low > found.tests[0].overall.value)
    assert sum(held) <= 1


def test_of_many_factors_those_above_chance_are_kept():
    points = made(count=400, factors=14)
    kept = screened(split(points, 1)[0], 1)
    assert {"f0", "f1"} <= set(kept)
    assert len(kept) <= 12
    assert set(discover(points, 1, resamples=2).names) == set(kept)


def test_leaves_cover_every_point_once():
    points = made()
    inside = np.stack([box.inside(points.x) for box in leaves(points)])
    assert (inside.sum(axis=0) == 1).all()
    means = [fit(box, points).density.value for box in leaves(points)]
    assert means == sorted(means, reverse=True)


def test_too_few_points_are_refused():
    with pytest.raises(Unusable, match="39 points are too few"):
        discover(made(count=39))


def test_words_of_every_kind_of_limit():
    box = Box(np.array([0.4, -np.inf, 1.0, -np.inf]), np.array([np.inf, 0.25, 2.0, np.inf]))
    assert told(box, ["a", "b", "c", "d"]) == "a above 0.4 and b below 0.25 and c between 1 and 2"
    assert told(Box(box.low[3:], box.high[3:]), ["d"]) == "no limit at all"
    share = Estimate(0.71, 0.61, 0.8, 100)
    said = sentence(box, ["a", "b", "c", "d"], Fit(share, Estimate(0.43, 0.4, 0.46, 900), 0.4, 0.2))
    assert said.endswith(
        "71 of 100 held-out runs (61 to 80; 100 runs), against 43 of all; 40 % of all that succeed lie there."
    )
    beside = Fit(share, Estimate(0.43, 0.4, 0.46, 900), 0.4, 0.2, Estimate(0.28, -0.05, 0.6, 100))
    assert "against 43 of all (+28 points, −5 to +60);" in sentence(box, ["a", "b", "c", "d"], beside)
    nobody = Fit(Estimate(np.nan, np.nan, np.nan, 0), share, 0.0, 0.0)
    assert "nothing is known" in sentence(box, ["a", "b", "c", "d"], nobody)


@pytest.fixture(scope="module")
def studies():
    result = toy_result()
    return explained(result, "first_settlement?", 1), sensitivity(result, "durable", seed=1)


def test_runs_of_an_ensemble_are_explained_by_what_was_drawn(studies):
    found, scores = studies
    assert found.manifest["asked"]["outcome"] == "first_settlement?"
    assert scores["scores"]["factor"].str.contains(".", regex=False).all()
    assert not scores["scores"]["factor"].str.startswith("draw:").any()


def test_every_figure_that_can_be_drawn_is(studies):
    assert draw(studies[0], "trajectory").axes
    assert draw(studies[1], "scores").axes
    assert set(STUDIES["discovery"]) == {"trajectory", "box"}


def test_indices_of_rows_that_were_not_laid_out_for_them_are_refused():
    with pytest.raises(Unusable, match="morris needs rows laid out for it, and these are of draws and not a design"):
        sensitivity(toy_result(), "durable", "morris")
    factors = {f"actors.{side}.horizon": {"range": (13, 260)} for side in ("north", "south")}
    asked = Experiment.model_validate({
        "name": "x", "scenario": "scenario.yaml", "factors": factors, "replicates": 1, "outcomes": ("durable",),
        "design": {"kind": "latin_hypercube", "rows": 18},
    })  # fmt: skip
    with pytest.raises(Unusable, match=r"sobol needs rows .* of a latin_hypercube design: scores can be had"):
        sensitivity(sweep(asked, load(TOY), workers=1), "durable", "sobol")
