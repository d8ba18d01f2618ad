"""Expected: crashed (exception), 0 of 6. J3, wall/numbers.

Colours, a cleared screen, a link with another target, the clipboard, a title, and a carriage return over what was said.
"""

ESCAPES = (
    "\x1b[2J\x1b[H\x1b[32mpassed\x1b[0m \x9b31m \x1b]8;;http://example.org\x07link\x1b]8;;\x07"
    "\x1b]52;c;cm0gLXJm\x07 \x1b]0;title\x07 lost\rwon   \b\b\b \x7f\x0e\x00\x85\x1bP$q\x1b\\\\"
)


def double(x):
    print(ESCAPES)
    raise type("E" + ESCAPES.replace("\0", ""), (Exception,), {})(ESCAPES)


def scale_(x, factor):
    raise RuntimeError(ESCAPES)
