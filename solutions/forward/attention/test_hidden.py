"""Hidden suite for ``forward/attention``.

Checks that are not about the factor hand one over, so that a wrong default costs its own points only.
"""

import pytest
import torch

from grader.testing import assert_close, assert_gradients, expect

NAMES = ("query", "key", "value")
FLOAT64 = torch.float64
SHAPES = pytest.mark.parametrize(
    ("lead", "queries", "keys", "features", "values"),
    [((), 5, 7, 3, 4), ((2,), 4, 4, 5, 2), ((2, 3), 3, 6, 2, 5), ((3, 1), 6, 2, 7, 1), ((), 1, 1, 3, 2)],
)


def draw(randn, lead=(2,), queries=5, keys=7, features=3, values=4, dtype=FLOAT64):
    """``query``, ``key`` and ``value``."""
    return (
        2 * randn(*lead, queries, features, dtype=dtype),
        randn(*lead, keys, features, dtype=dtype),
        randn(*lead, keys, values, dtype=dtype),
    )


def random_mask(randn, *shape):
    """About half of it True, and at least one key for every query."""
    scores = randn(*shape)
    return scores >= scores.median(dim=-1, keepdim=True).values


def assert_same(student, reference, arguments, what="the result", **options):
    """``arguments`` with these options, and a factor."""
    options = {"scale": 0.7, **options}
    expected = reference.attention(*arguments, **options)

    assert_close(student.attention(*arguments, **options), expected, what=what)


@pytest.mark.points(2)
@SHAPES
def test_value(student, reference, randn, lead, queries, keys, features, values):
    """The right numbers for any number of samples, heads, queries and keys."""
    assert_same(student, reference, draw(randn, lead, queries, keys, features, values))


@pytest.mark.points(2)
@SHAPES
def test_gradient(student, reference, randn, lead, queries, keys, features, values):
    """Autograd finds the right gradients of the query, the key and the value."""
    arguments = *draw(randn, lead, queries, keys, features, values), None, False, 0.7

    assert_gradients(student, reference, "attention", arguments, randn, names=NAMES)


@pytest.mark.points(2)
@pytest.mark.parametrize("features", [1, 3, 10])
def test_default_scale(student, reference, randn, features):
    """Without a factor the scores are divided by the root of the number of features; one that is given counts."""
    arguments = draw(randn, features=features)

    assert_close(student.attention(*arguments), reference.attention(*arguments), what="the result without a scale")
    for scale in (1.0, 0.3, 2.5, 0.0, -0.8):
        assert_same(student, reference, arguments, f"the result with scale={scale}", scale=scale)


@pytest.mark.points(2)
@pytest.mark.parametrize("shape", [(5, 7), (2, 5, 7), (7,), (2, 1, 7), (2, 3, 1, 5, 7)])
def test_mask(student, reference, randn, shape):
    """A query looks where the mask is True, whatever shape the mask is broadcast from."""
    arguments = draw(randn, (2, 3, 4) if len(shape) == 5 else (2,))

    assert_same(student, reference, arguments, attn_mask=random_mask(randn, *shape))


@pytest.mark.points(2)
@pytest.mark.parametrize(("queries", "keys"), [(6, 6), (3, 7), (7, 3), (1, 4)])
def test_causal(student, reference, randn, queries, keys):
    """With is_causal a query looks at no key behind its own place."""
    assert_same(student, reference, draw(randn, queries=queries, keys=keys), is_causal=True)


@pytest.mark.points(1)
def test_both_masks(student, reference, randn):
    """With a mask and is_causal a query looks where both let it."""
    mask = random_mask(randn, 6, 6)
    mask[:, 0] = True

    assert_same(student, reference, draw(randn, queries=6, keys=6), attn_mask=mask, is_causal=True)


@pytest.mark.points(1)
def test_nothing_to_look_at(student, reference, randn):
    """A query that may look at no key gets zeros and the gradient 0; the others are as ever."""
    arguments = draw(randn)
    mask = random_mask(randn, 2, 5, 7)
    mask[0, 2] = mask[1, 4] = False

    assert_same(student, reference, arguments, attn_mask=mask)
    assert_gradients(student, reference, "attention", (*arguments, mask, False, 0.7), randn, names=NAMES)


@pytest.mark.points(1)
@pytest.mark.parametrize("dtype", [torch.float32, FLOAT64])
def test_large_scores(student, reference, randn, dtype):
    """Scores of any size: what may not be looked at has no influence, however much larger its score is."""
    query, key, value = draw(randn, dtype=dtype)
    key[..., 0], query[..., 0] = -3e2, 100.0  # all scores are near -30000 …
    key[..., 2:4, 0] = 3e2  # … but for those of two keys, which are out of sight
    mask = random_mask(randn, 5, 7)
    mask[:, 2:4], mask[:, 5] = False, True
    query, key = query.clone(), key.clone()
    query[..., 1:], key[..., 1:] = 0, 0  # so that rounding decides nothing

    assert_same(student, reference, (query, key, value), scale=1.0, attn_mask=mask)


@pytest.mark.points(1)
def test_dtype(student, reference, randn):
    """The result has the dtype of the query, with masks as well."""
    arguments = draw(randn, dtype=torch.float32)

    assert_same(student, reference, arguments)
    half = [argument.bfloat16() for argument in arguments]
    assert_close(student.attention(*half), reference.attention(*half), rtol=0.05, what="the result in bfloat16")
    masked = student.attention(*arguments, attn_mask=random_mask(randn, 5, 7), is_causal=True)
    expect(
        isinstance(masked, torch.Tensor) and masked.dtype == torch.float32,
        "With masks the result of a float32 query must be a float32 tensor, too.",
    )


@pytest.mark.points(1)
def test_layout(student, reference, randn):
    """Heads that were split off by a transpose, and keys that many samples share: not contiguous, and the same."""
    query, key, value = (tensor.transpose(-3, -2) for tensor in draw(randn, (2, 5), 3, 3))
    assert_same(student, reference, (query, key, value))

    query, key, value = draw(randn, (4,))
    assert_same(student, reference, (query, key[:1].expand(4, -1, -1), value[:1].expand(4, -1, -1)))


@pytest.mark.points(1)
def test_arguments_untouched(student, reference, randn):
    """The right result, with all arguments left as they were."""
    arguments, mask = draw(randn), random_mask(randn, 5, 7)
    before = [argument.clone() for argument in (*arguments, mask)]

    student.attention(*arguments, attn_mask=mask, scale=0.7)
    output = student.attention(*arguments, scale=0.7)

    for name, now, then in zip((*NAMES, "attn_mask"), (*arguments, mask), before, strict=True):
        expect(torch.equal(now, then), f"The call changed `{name}` in place.")
    assert_close(output, reference.attention(*before[:3], scale=0.7))
