"""A hierarchical ordered item-response model of many texts: estimated votes, texts like each other, sticky states.

y*[state, text] = weights[text] · points[state] + effect[state, text] − demand[text] + luck. The effects of a state
are normal with a covariance over texts (`text_likeness`): what is common to a conflict is the conflict dimension
ψ, what is common to a family is stickiness. They are integrated out; weights, demands and the logs of the bands
have normal priors in which texts of a kind share what they know, and go to their posterior mode together with the
parameters of the covariance. The band may widen with cross-pressure.
"""

from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import minimize

from sim.theory.arrays import Array
from sim.theory.item_response_propagation import DAMPING, Propagated, propagate
from sim.theory.text_likeness import Likeness, item_covariance, support_covariance
from sim.theory.voting import Votes

WEIGHT = {"common": 1.0, "family": 0.3, "own": 0.3, "background": 0.3, "period": 0.2}
DEMAND = {"common": 2.0, "family": 1.0, "period": 1.5, "kind": 1.5, "own": 0.5, "kind_period": 1.0}
LOG_BAND = {"common": 0.3, "kind": 0.4, "family": 0.15, "own": 0.1, "period": 0.1}
YEARS = 2.0
FIRST_WEIGHT, MEAN_DEMAND, MEAN_LOG_BAND = 1.5, -2.0, float(np.log(5.0))
COVARIANCE_MEAN = np.log([1.0, 1.0, 1.0, 1.0, 1.5, 2.0])
COVARIANCE_SD = np.array([0.7, 0.7, 0.7, 0.7, 0.5, 0.5])
CROSS_SD = 0.5
STEP_TOLERANCE = 1e-6
STEP, LEAST_CURVATURE = 5e-3, 1e-3
BOUNDS = {
    "demand": (-30.0, 30.0),
    "band": (-2.0, 4.5),
    "weight": (-15.0, 15.0),
    "cross": (-2.0, 2.0),
    "cov": (-4.0, 4.0),
}


@dataclass(frozen=True)
class TextFit:
    """Estimates on the scale of a vote's luck (deviation one).

    weights (dimensions, texts), demand (texts,), band (texts,) with standard errors; effect of cross-pressure on
    the log of the band; support without demand, mean and variance (states, texts), and its
    covariance with the support for the last text (states, texts); logs of the covariance's
    parameters; evidence, log posterior of everything. Standard errors are not numbers where none were asked for.
    """

    weights: Array
    weights_se: Array
    demand: Array
    demand_se: Array
    band: Array
    log_band_se: Array
    cross_pressure: float
    cross_pressure_se: float
    support: Array
    support_variance: Array
    with_last: Array
    covariance: Array
    covariance_se: Array
    evidence: float


@dataclass
class _Problem:
    votes: Votes
    points: Array
    alike: Likeness
    torn: Array
    priors: tuple[Array, Array, Array] = field(init=False)
    factors: tuple[Array, Array] | None = None

    def __post_init__(self) -> None:
        spreads = [item_covariance(self.alike, part, YEARS) for part in (DEMAND, LOG_BAND, WEIGHT)]
        demand, band, weight = (np.linalg.inv(part).astype(np.float64) for part in spreads)
        self.priors = demand, band, weight

    @property
    def centre(self) -> Array:
        """Prior means of all parameters in one vector."""
        texts, dimensions = len(self.alike), self.points.shape[1]
        weights = np.zeros((dimensions, texts))
        weights[0] = FIRST_WEIGHT
        parts = (np.full(texts, MEAN_DEMAND), np.full(texts, MEAN_LOG_BAND), weights.ravel(), [0.0], COVARIANCE_MEAN)
        return np.concatenate(parts)

    def split(self, vector: Array) -> tuple[Array, Array, Array, Array, Array]:
        """Demand, log band, weights (dimensions, texts), cross-pressure (1,), logs of the covariance."""
        texts, dimensions = len(self.alike), self.points.shape[1]
        edges = np.cumsum([texts, texts, texts * dimensions, 1])
        demand, log_band, weights, cross, logs = np.split(vector, edges)
        return demand, log_band, weights.reshape(dimensions, texts), cross, logs

    def bounds(self) -> list[tuple[float, float]]:
        texts, dimensions = len(self.alike), self.points.shape[1]
        sizes = {"demand": texts, "band": texts, "weight": texts * dimensions, "cross": 1, "cov": len(COVARIANCE_MEAN)}
        return [BOUNDS[name] for name, size in sizes.items() for _ in range(size)]

    def spread(
        self, vector: Array, sweeps: int, tolerance: float, damping: float = DAMPING
    ) -> tuple[Propagated, Array, list[Array]]:
        """Supports under these parameters, the bands of all states, and the covariance's derivatives."""
        demand, log_band, weights, cross, logs = self.split(vector)
        covariance, derivatives = support_covariance(self.alike, logs)
        bands = np.exp(log_band + cross * self.torn[:, None])
        found = propagate(
            self.votes, self.points @ weights, covariance, demand + bands / 2, demand - bands / 2,
            start=self.factors, sweeps=sweeps, tolerance=tolerance, damping=damping,
        )  # fmt: skip
        self.factors = found.precision, found.shift
        return found, bands, derivatives

    def penalty(self, vector: Array) -> tuple[float, Array]:
        """Half the squared prior deviation of all parameters, and its gradient."""
        gaps = self.split(vector - self.centre)
        by_demand, by_band = self.priors[0] @ gaps[0], self.priors[1] @ gaps[1]
        by_weight, by_cross, by_logs = gaps[2] @ self.priors[2], gaps[3] / CROSS_SD**2, gaps[4] / COVARIANCE_SD**2
        slopes = (by_demand, by_band, by_weight, by_cross, by_logs)
        value = 0.5 * sum(float((gap * slope).sum()) for gap, slope in zip(gaps, slopes, strict=True))
        return value, np.concatenate([slope.ravel() for slope in slopes])

    def objective(
        self, vector: Array, sweeps: int = 6, tolerance: float = 1e-3, damping: float = DAMPING
    ) -> tuple[float, Array]:
        """Negative log posterior and its gradient."""
        found, bands, derivatives = self.spread(vector, sweeps, tolerance, damping)
        by_band = 0.5 * bands * (found.sites.by_upper - found.sites.by_lower)
        by_covariance = 0.5 * (found.pull.T @ found.pull - found.gain.sum(axis=0))
        cost, slope = self.penalty(vector)
        gradient = np.concatenate(
            [
                (found.sites.by_upper + found.sites.by_lower).sum(axis=0),
                by_band.sum(axis=0),
                (self.points.T @ found.pull).ravel(),
                [(by_band * self.torn[:, None]).sum()],
                [(by_covariance * part).sum() for part in derivatives],
            ]
        )
        return cost - found.evidence, slope - gradient


def fit_texts(
    votes: Votes,
    points: Array,
    alike: Likeness,
    *,
    torn: Array | None = None,
    covariance: Array | None = None,
    iterations: int = 40,
    errors: bool = False,
) -> TextFit:
    """Posterior mode of texts and posterior of states' supports.

    Parameters
    ----------
    votes : int8 array, (states, texts)
        Codes of `voting.OUTCOMES`; a text with absences alone is predicted from its likes.
    points : Array, (states, dimensions)
        Known positions of the states, each dimension with mean 0 and deviation 1.
    alike : Likeness
        Of the texts.
    torn : Array, (states,), optional
        Cross-pressure in [0, 1]; left out, no band widens.
    covariance : Array, (6,), optional
        Where to start with the logs of the covariance's parameters.
    iterations : int
        Most steps of the search.
    errors : bool
        Whether to add standard errors, which takes a step a parameter.  They come from the curvature at the mode;
        in ten made-up records of 150 states and 8 texts weights were missed by 1.1 of theirs, demands and logs of
        bands, whose errors go together, by 1.5: take these two as half as large again.

    Returns
    -------
    TextFit

    Source: [BaileyStrezhnevVoeten2017]_ (Bailey, Strezhnev and Voeten, 2017), ordered response model.
    """
    pressure = np.zeros(len(votes)) if torn is None else torn
    problem = _Problem(votes, points, alike, pressure)
    start = problem.centre
    if covariance is not None:
        start[-len(covariance) :] = covariance
    found = minimize(
        problem.objective, start, jac=True, method="L-BFGS-B", bounds=problem.bounds(), options={"maxiter": iterations}
    )
    return _finished(problem, np.asarray(found.x), errors=errors)


def _finished(problem: _Problem, vector: Array, *, errors: bool) -> TextFit:
    demand, log_band, weights, cross, logs = problem.split(vector)
    found, _, _ = problem.spread(vector, 60, 1e-6)
    spread = _errors(problem, vector) if errors else np.full(len(vector), np.nan)
    demand_se, band_se, weights_se, cross_se, logs_se = problem.split(spread)
    evidence = found.evidence - problem.penalty(vector)[0]
    return TextFit(
        weights, weights_se, demand, demand_se, np.exp(log_band), band_se, float(cross[0]), float(cross_se[0]),
        found.mean, found.variance, _with_last(found, support_covariance(problem.alike, logs)[0]),
        logs, logs_se, evidence,
    )  # fmt: skip


def _with_last(found: Propagated, covariance: Array) -> Array:
    """Posterior covariance of every support with the one for the last text, (states, texts)."""
    last = covariance[-1]
    return np.asarray(last - np.einsum("i,nij->nj", last, found.gain) @ covariance)


def _errors(problem: _Problem, vector: Array) -> Array:
    """Standard errors of all parameters from the curvature at the mode, taken as differences of the gradient.

    Every step starts from the factors of the mode, so that a few sweeps are enough.
    """
    size = len(vector)
    hessian = np.empty((size, size))
    level = problem.objective(vector, sweeps=60, tolerance=1e-8)[1]
    factors = problem.factors
    for place in range(size):
        problem.factors = factors
        step = np.where(np.arange(size) == place, STEP, 0.0)
        hessian[place] = (problem.objective(vector + step, 60, STEP_TOLERANCE, 1.0)[1] - level) / STEP
    values, axes = np.linalg.eigh(0.5 * (hessian + hessian.T))
    return np.asarray(np.sqrt((axes**2 / np.maximum(values, LEAST_CURVATURE)).sum(axis=1)))
