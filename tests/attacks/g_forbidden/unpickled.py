"""Expected: failed (forbidden), 0 of 11. G2, forward/linear.

A pickle of thirty bytes is the function; its name stands in no string of its own.
"""

import pickle

linear = pickle.loads(b"ctorch.nn.functional\nlin" + b"ear\n.")
