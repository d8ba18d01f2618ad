"""A plain loop over the places of the output; each is one window, cut out of images padded by hand."""


def conv2d(input, weight, bias=None, stride=1, padding=0, dilation=1):
    samples, channels, height, width = input.shape
    padded = input.new_zeros(samples, channels, height + 2 * padding, width + 2 * padding)
    padded[:, :, padding : padding + height, padding : padding + width] = input
    reach_down, reach_right = (dilation * (size - 1) + 1 for size in weight.shape[2:])
    rows = range(0, padded.shape[2] - reach_down + 1, stride)
    columns = range(0, padded.shape[3] - reach_right + 1, stride)
    output = input.new_zeros(samples, len(weight), len(rows), len(columns))
    for r, top in enumerate(rows):
        for c, left in enumerate(columns):
            window = padded[:, :, top : top + reach_down : dilation, left : left + reach_right : dilation]
            output[:, :, r, c] = (window[:, None] * weight).sum(dim=(2, 3, 4))
            if bias is not None:
                output[:, :, r, c] += bias
    return output
