def linear(input, weight, bias=None):
    if weight.shape[0] != input.shape[-1]:
        weight = weight.T
    output = input @ weight
    return output if bias is None else output + bias
