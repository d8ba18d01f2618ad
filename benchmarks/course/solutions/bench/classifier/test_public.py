"""The eight checks that the other graders run, one test: what a self-check costs."""

import pytest

from benchmarks.peers.checks import CHECKS


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_it(student, check):
    """Loss, gradient, step and training."""
    check(student)
