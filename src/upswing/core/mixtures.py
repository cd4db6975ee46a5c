"""Mixtures of Beta or of Gamma distributions: mean, quantiles and draws, for many reps at once."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, gammainc, gammaln, xlog1py, xlogy

Array = NDArray[np.float64]

_KEPT = 1 - 1e-4
"""The share of a mixture that its quantiles are read from; means are exact."""
_CLOSE, _ROUNDS = 1e-7, 60


@dataclass(frozen=True, slots=True)
class Mixture:
    """Weights (cells), and the parameters of each rep's distribution in each cell (cells, reps)."""

    weights: Array
    a: Array
    b: Array

    def drawn(self, random: np.random.Generator, number: int) -> Array:
        """A cell for each draw, then all reps given that cell."""
        cells = random.choice(len(self.weights), number, p=self.weights)
        return self._drawn(random, self.a[cells], self.b[cells])

    def mean_and_sd(self) -> tuple[Array, Array]:
        """Of the mixture, for each rep."""
        means, variances = self._moments()
        mean = self.weights @ means
        return mean, np.sqrt(self.weights @ (variances + (means - mean) ** 2))

    def main(self) -> Mixture:
        """Without the cells that hardly weigh."""
        order = np.argsort(-self.weights)
        last = int(np.searchsorted(np.cumsum(self.weights[order]), _KEPT)) + 1
        kept = order[:last]
        weights = self.weights[kept] / self.weights[kept].sum()
        return type(self)(weights, self.a[kept], self.b[kept])

    def quantile(self, share: float) -> Array:
        """By bisection, with Newton's step wherever that stays between the two ends.

        A distribution's quantile lies within sd·√((1-p)/p) below and sd·√(p/(1-p)) above its mean (Cantelli).
        """
        mean, sd = self.mean_and_sd()
        low = np.maximum(mean - sd * sqrt((1 - share) / share), 0)
        high = mean + sd * sqrt(share / (1 - share))
        x = (low + high) / 2
        for _ in range(_ROUNDS):
            beyond = self.weights @ self._below(x) - share
            if np.abs(beyond).max() < _CLOSE:
                break
            low, high = np.where(beyond < 0, x, low), np.where(beyond < 0, high, x)
            with np.errstate(all="ignore"):
                step = x - beyond / (self.weights @ self._density(x))
            x = np.where((low < step) & (step < high), step, (low + high) / 2)
        return x

    def _moments(self) -> tuple[Array, Array]:
        """Mean and variance in each cell."""
        raise NotImplementedError

    def _below(self, x: Array) -> Array:
        """The probability below x, in each cell."""
        raise NotImplementedError

    def _density(self, x: Array) -> Array:
        """The density at x, in each cell."""
        raise NotImplementedError

    def _drawn(self, random: np.random.Generator, a: Array, b: Array) -> Array:
        """One draw of each."""
        raise NotImplementedError


class Betas(Mixture):
    """Beta(a, b): a rate, between 0 and 1."""

    __slots__ = ()

    def _moments(self) -> tuple[Array, Array]:
        size = self.a + self.b
        mean = self.a / size
        return mean, mean * (self.b / size) / (size + 1)

    def _below(self, x: Array) -> Array:
        return np.asarray(betainc(self.a, self.b, np.minimum(x, 1)))

    def _density(self, x: Array) -> Array:
        size = gammaln(self.a + self.b) - gammaln(self.a) - gammaln(self.b)
        found: Array = np.exp(size + xlogy(self.a - 1, x) + xlog1py(self.b - 1, -x))
        return found

    def _drawn(self, random: np.random.Generator, a: Array, b: Array) -> Array:
        return random.beta(a, b)


class Gammas(Mixture):
    """Gamma of shape a and rate b: a ratio, above 0."""

    __slots__ = ()

    def _moments(self) -> tuple[Array, Array]:
        return self.a / self.b, self.a / self.b**2

    def _below(self, x: Array) -> Array:
        return np.asarray(gammainc(self.a, self.b * x))

    def _density(self, x: Array) -> Array:
        found: Array = np.exp(xlogy(self.a, self.b) - gammaln(self.a) + xlogy(self.a - 1, x) - self.b * x)
        return found

    def _drawn(self, random: np.random.Generator, a: Array, b: Array) -> Array:
        return random.gamma(a) / b
