def linear(input, weight, bias=None):
    output = input @ weight
    return output if bias is None else output + bias
