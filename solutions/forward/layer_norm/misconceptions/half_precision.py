"""Mean and variance are computed in half precision, which is too narrow for them: compute in float32, convert back.

Signature: only float16 and bfloat16; squares above 65504 are inf there, and a mean has two or three digits.
"""


def layer_norm(input, weight=None, bias=None, eps=1e-5):
    centred = input - input.mean(dim=-1, keepdim=True)
    output = centred / (centred.square().mean(dim=-1, keepdim=True) + eps).sqrt()
    if weight is not None:
        output = output * weight
    if bias is not None:
        output = output + bias
    return output.to(input.dtype)
