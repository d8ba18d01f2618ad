"""PyTorch's and Python's usual complaints in the words of this course.

The student reads the exception itself and the own line beside it; here stands what it means and what may be behind it.
"""

from __future__ import annotations

import re

from grader.signatures import Diagnosis

# (key, pattern of the message, words). The first that is found speaks.
_MEANINGS = (
    (
        "matrix product",
        r"mat1 and mat2 shapes cannot|size mismatch, got|Expected size for first two dimensions of batch2",
        "The shapes of these two factors do not go together in a matrix product. Print both: which dimension should "
        "meet which?",
    ),
    (
        "broadcast",
        r"The size of tensor a \(\d+\) must match|doesn't match the broadcast shape|does not broadcast with previously",
        "Two tensors meet in this line whose shapes do not go together. Print both, and ask what each dimension means.",
    ),
    (
        "in-place on a leaf",
        r"a leaf Variable that requires grad is being used in an in-place",
        "A tensor that requires grad is changed in place. An argument must not be; a parameter only inside "
        "`with torch.no_grad():`.",
    ),
    (
        "modified before backward",
        r"modified by an inplace operation",
        "Between forward and backward pass something changed a tensor that the backward pass needs: a step of the "
        "optimizer, or an operation in place?",
    ),
    (
        "no graph",
        r"does not require grad and does not have a grad_fn",
        "No graph leads from here to a tensor that requires grad: was it cut by detach(), item(), no_grad(), or never "
        "switched on?",
    ),
    (
        "second backward",
        r"backward through the graph a second time",
        "The graph of this loss is gone after its first backward pass: is the loss of an earlier step still in it?",
    ),
    ("view", r"view size is not compatible", "view() needs memory in order: reshape() copies where it is not."),
    (
        "truth of a tensor",
        r"Boolean value of Tensor with more than one value",
        "A tensor of several numbers is neither true nor false. To ask whether it was given, write `is None`.",
    ),
    (
        "empty stack",
        r"expects a non-empty TensorList",
        "There was nothing to put together: an empty batch is a batch as well.",
    ),
    (
        "integers for floats",
        r"not implemented for '(Long|Int)'|should be a floating point|calculate the mean of (either )?floating",
        "Integers came where floating-point numbers are needed: are two arguments the wrong way round?",
    ),
    (
        "dtypes mixed",
        r"expected (scalar type|m1 and m2 to have the same dtype)|must have the same dtype|Found dtype",
        "Two dtypes meet in this line: a tensor made here needs the dtype of the arguments.",
    ),
    (
        "devices mixed",
        r"tensors to be on the same device|indices should be either on|can't convert cuda",
        "A tensor on the GPU meets main memory: what is made here needs the `device` of the arguments, too.",
    ),
    (
        "no GPU",
        r"not compiled with CUDA|not linked with support for cuda|No CUDA GPUs are available|no NVIDIA (driver|GPU)"
        r"|CUDA driver version is insufficient|no CUDA-capable device",
        "This asks for a GPU, and none is here. Stay where the arguments are: `device=input.device`.",
    ),
    (
        "numpy of a graph",
        r"Can't call numpy\(\) on Tensor that requires grad",
        "NumPy cannot carry gradients: stay with torch.",
    ),
    (
        "number of dimensions",
        r"(not enough|too many) values to unpack|Dimension out of range|cannot be applied to a 0-dim|must be a matrix",
        "The tensor has another number of dimensions here than this line expects.",
    ),
    (
        "None used",
        r"NoneType",
        "One of the values in this line is None: was an argument left out, or a `return` forgotten?",
    ),
    (
        "signature",
        r"missing \d+ required positional|unexpected keyword argument|takes (from )?\d+ .*positional argument",
        "A function was called with other arguments than it takes: look at their names, number and order.",
    ),
    ("endless recursion", r"maximum recursion depth", "The function calls itself without an end."),
)


def meaning(type_name: str, message: str) -> Diagnosis | None:
    """What an exception means; None for one that is not usual here, and for a probe's own, which is in plain words."""
    if type_name == "ProbeError":
        return None
    for key, pattern, words in _MEANINGS:
        if re.search(pattern, message):
            return Diagnosis(f"error: {key}", words)
    return None
