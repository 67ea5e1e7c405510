#!/usr/bin/env python3
"""Makes vectors.json: figures of an independent implementation for the tests beside it.

    python3 -m venv /tmp/v && /tmp/v/bin/pip install scipy==1.15.3 && /tmp/v/bin/python vectors.py > vectors.json
"""

import itertools
import json
import sys

import numpy as np
import scipy
from scipy import stats

random = np.random.default_rng(20261121)


def samples(n, m, ties):
    first, second = random.gamma(2, 10, n), random.gamma(2, 10 + random.uniform(0, 6), m)
    return (np.round(first / 5), np.round(second / 5)) if ties else (first, second)


def mann_whitney():
    for n, m, ties in [(3, 4, 0), (5, 5, 0), (8, 7, 0), (20, 30, 0), (25, 25, 0)]:
        first, second = samples(n, m, ties)
        yield one(first, second, "exact", "scipy.stats.mannwhitneyu(method='exact')",
                  lambda side: stats.mannwhitneyu(first, second, alternative=side, method="exact").pvalue)
    for n, m in [(4, 4), (5, 6), (7, 6)]:
        first, second = samples(n, m, True)
        statistic = lambda x, y, axis: stats.mannwhitneyu(x, y, axis=axis, method="asymptotic").statistic
        yield one(first, second, "exact", "scipy.stats.permutation_test of mannwhitneyu, all permutations",
                  lambda side: None if side == "two-sided" else stats.permutation_test(
                      (first, second), statistic, alternative=side, n_resamples=np.inf, vectorized=True).pvalue)
    for n, m, ties in [(3, 4, 0), (30, 40, 1), (60, 60, 0), (200, 150, 1), (900, 900, 1)]:
        first, second = samples(n, m, ties)
        yield one(first, second, "asymptotic", "scipy.stats.mannwhitneyu(method='asymptotic')",
                  lambda side: stats.mannwhitneyu(first, second, alternative=side, method="asymptotic").pvalue)


def one(first, second, method, how, p):
    return dict(first=list(first), second=list(second), method=method, how=how,
                u=float(stats.mannwhitneyu(first, second, method="asymptotic").statistic),
                larger=p("greater"), smaller=p("less"), twoSided=p("two-sided"))


def hodges_lehmann():
    """By brute force: every assignment of ranks for the distribution of u, every pair for the differences."""
    for n, m, confidence in [(4, 5, 0.9), (5, 6, 0.95), (7, 7, 0.95), (6, 9, 0.99)]:
        first, second = samples(n, m, False)
        sums = [sum(ranks) - n * (n - 1) // 2 for ranks in itertools.combinations(range(n + m), n)]
        cut = next(u for u in range(n * m) if np.mean(np.array(sums) <= u) >= (1 - confidence) / 2)
        pairs = np.sort(np.subtract.outer(first, second).ravel())
        low = max(cut, 1) - 1
        yield dict(first=list(first), second=list(second), confidence=confidence, shift=float(np.median(pairs)),
                   low=pairs[low], high=pairs[len(pairs) - 1 - low])


def proportions():
    for k, n, confidence in [(0, 1, 0.95), (0, 300, 0.95), (1, 10, 0.9), (5, 20, 0.95), (81, 263, 0.95), (148, 148, 0.99),
                             (3, 7760, 0.95), (999_000, 1_000_000, 0.95)]:
        test = stats.binomtest(k, n)
        wilson, exact = (test.proportion_ci(confidence, method) for method in ("wilson", "exact"))
        yield dict(events=k, trials=n, confidence=confidence, wilson=[wilson.low, wilson.high], exact=[exact.low, exact.high])


def fisher():
    for k, n, other, m in [(1, 10, 1, 10), (7, 10, 2, 10), (30, 5000, 10, 5000), (5, 100, 0, 90_000), (300, 30_000, 250, 30_000)]:
        h = stats.hypergeom(n + m, k + other, n)
        yield dict(events=k, trials=n, otherEvents=other, otherTrials=m, larger=h.sf(k) + h.pmf(k) / 2)


def ranks():
    for n, share in [(6, 0.5), (36, 0.9), (72, 0.95), (1000, 0.95), (368, 0.99), (5000, 0.99), (90_000, 0.999)]:
        low = max(k for k in range(0, n) if stats.binom.cdf(k - 1, n, share) <= 0.025 or k == 0)
        high = min(k for k in range(int(n * share), n + 1) if stats.binom.cdf(k - 1, n, share) >= 0.975)
        yield dict(values=n, share=share, low=low, high=high)


def normal():
    for z in [-8, -3, -1.5, -0.1, 0, 0.3, 1.96, 5, 12]:
        yield dict(z=z, below=stats.norm.cdf(z), above=stats.norm.sf(z))


json.dump(dict(made=f"scipy {scipy.__version__}, numpy {np.__version__}", mannWhitney=list(mann_whitney()),
               hodgesLehmann=list(hodges_lehmann()), proportions=list(proportions()), fisher=list(fisher()),
               ranks=list(ranks()), normal=list(normal())), sys.stdout, indent=None, separators=(",", ":"),
          default=float)
print()
