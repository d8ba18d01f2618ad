"""Probes for ``loop/minibatches``: generators cannot be sent to the student's code, nor what a function yields back."""

import torch


def epochs(module, input, target, count, seed=None, global_seed=None, **options):
    """Go through ``count`` epochs, one call of ``minibatches`` each; ``options`` are handed on to it.

    Args:
        seed: of a generator that is made once and handed to every call; without it the calls get None.
        global_seed: what PyTorch's global generator starts from; without it, it is left as it is.

    Returns ``{"epochs": for each epoch the list of its batches, "same_global": whether the global generator is where it
    was before the first epoch, "same_own": whether the generator that was handed over is, or None without one}``.
    """
    generator = None if seed is None else torch.Generator().manual_seed(seed)
    if global_seed is not None:
        torch.manual_seed(global_seed)
    at = [torch.get_rng_state(), None if generator is None else generator.get_state()]
    passes = [list(module.minibatches(input, target, generator=generator, **options)) for _ in range(count)]
    return {
        "epochs": passes,
        "same_global": torch.equal(torch.get_rng_state(), at[0]),
        "same_own": None if generator is None else torch.equal(generator.get_state(), at[1]),
    }


def orders(module, samples, batch_size, count, seed):
    """In which order the samples 0, 1, ... come in each of ``count`` shuffled epochs: a tensor (count, samples)."""
    numbers, generator = torch.arange(samples), torch.Generator().manual_seed(seed)
    rows = []
    for _ in range(count):
        batches = module.minibatches(numbers, numbers, batch_size, shuffle=True, generator=generator)
        rows.append(torch.cat([input for input, _ in batches]))
    return torch.stack(rows)
