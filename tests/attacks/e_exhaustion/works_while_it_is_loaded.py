"""Expected: timeout (cpu), 0 of 6. E14, wall/numbers.

Trains for ever before a function is called, once for each check if it were let.
"""

while True:
    pass
