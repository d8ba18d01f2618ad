def linear(input, weight, bias=None):
    output = input @ weight.t_()
    return output if bias is None else output + bias
