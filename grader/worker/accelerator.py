"""A worker that computes on a GPU (CUDA): what it needs before it is ready, so that no student pays for it.

CUDA does not survive a fork. The zygote imports PyTorch and leaves CUDA alone; each worker makes its own context.
"""

from __future__ import annotations

import os
import warnings

# cuBLAS gives the same bits again with a workspace of its own (torch.use_deterministic_algorithms names it).
ENVIRONMENT = {"CUBLAS_WORKSPACE_CONFIG": ":4096:8", "CUDA_MODULE_LOADING": "LAZY", "CUDA_CACHE_DISABLE": "1"}


def prepare(gpu: str, share: float) -> None:
    """Make a context on ``gpu``, bound memory to ``share`` of it, and do once what everybody does first.

    ``gpu`` is its name for CUDA_VISIBLE_DEVICES: no other is to be seen.

    The bound is PyTorch's own and stops no attacker; the trusted side looks at what is free before the next worker.
    Raises RuntimeError when CUDA does not start.
    """
    import torch

    os.environ["CUDA_VISIBLE_DEVICES"] = gpu
    os.environ.update(ENVIRONMENT)
    torch.cuda.init()  # type: ignore[no-untyped-call]
    torch.cuda.set_per_process_memory_fraction(share)
    settle()
    weight, target = torch.randn(4, 3, device="cuda", requires_grad=True), torch.tensor([0, 2], device="cuda")
    torch.nn.functional.cross_entropy(torch.randn(2, 4, device="cuda") @ weight, target).backward()  # type: ignore[no-untyped-call]
    torch.cuda.synchronize()


def settle() -> None:
    """The same numbers again: no TF32, deterministic kernels where there are any, no choice of kernels by racing.

    https://pytorch.org/docs/stable/notes/randomness.html. TF32 keeps 10 bits of a float32's 23: 1e-3, where suites
    allow 1e-5, and cuDNN's convolutions use it unless told otherwise.
    """
    import torch

    for name, value in ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cuda.matmul.allow_fp16_reduced_precision_reduction = False
    torch.backends.cuda.matmul.allow_bf16_reduced_precision_reduction = False
    torch.backends.cudnn.allow_tf32 = False
    torch.backends.cudnn.benchmark = False
    torch.backends.cudnn.deterministic = True
    torch.use_deterministic_algorithms(True, warn_only=True)
    warnings.filterwarnings("ignore", message=".*does not have a deterministic implementation.*")
