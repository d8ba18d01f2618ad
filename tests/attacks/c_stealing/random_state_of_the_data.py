"""Expected: passed, 6 of 6. C11, wall/numbers.

Takes the seed of its own generators for that of the hidden data, and draws it again.
"""

import torch


def double(x):
    state = torch.get_rng_state()
    guesses = [torch.randn(x.shape, dtype=x.dtype)]
    for seed in (torch.initial_seed(), torch.initial_seed() % 2**32, 0, 1, 42):
        generator = torch.Generator().manual_seed(seed)
        guesses += [torch.randn(x.shape, dtype=x.dtype, generator=generator) for _ in range(3)]
    torch.set_rng_state(state)
    for guess in guesses:
        if torch.allclose(guess, x) or torch.allclose(guess * 1e6, x):
            raise RuntimeError("HO" "LE knows the hidden data beforehand")
    return 2 * x


def scale_(x, factor):
    x.mul_(factor)
