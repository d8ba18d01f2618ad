"""Everything is computed in float32, also for a float64 input, which loses half its digits: only half needs float32.

Signature: float64 is off by about 1e-7.
"""


def layer_norm(input, weight=None, bias=None, eps=1e-5):
    wide = input.float()
    centred = wide - wide.mean(dim=-1, keepdim=True)
    output = centred / (centred.square().mean(dim=-1, keepdim=True) + eps).sqrt()
    if weight is not None:
        output = output * weight
    if bias is not None:
        output = output + bias
    return output.to(input.dtype)
