"""Expected: failed (forbidden), 0 of 11. G2, loss/cross_entropy.

A packed program makes the function; its code says that it stands in another file than the one that is watched.
"""

import base64

PACKED = (
    "ZGVmIGNyb3NzX2VudHJvcHkoaSwgdCk6CiBmcm9tIHRvcmNoLm5uIGltcG9ydC"
    "BmdW5jdGlvbmFsIGFzIGYKIHJldHVybiBmLmNyb3NzX2VudHJvcHkoaSwgdCkK"
)

exec(compile(base64.b64decode(PACKED), "torch/nn/functional.py", "exec"))
