"""Expected: crashed (exception), 0 of 6. J2, wall/numbers.

HTML, Markdown and an image that tells where a report was opened, for whoever shows the message in a browser.
"""

MARKUP = """<script>alert(1)</script> <img src=http://example.org/x.png onerror=alert(1)>
# Full marks

[click](javascript:alert(1)) ![seen](http://example.org/seen.png) <http://example.org>

```
</pre></code><script>alert(2)</script>

[1]: javascript:alert(3)
"""


def double(x):
    raise type("<b>Error</b>", (Exception,), {})(MARKUP)


def scale_(x, factor):
    raise RuntimeError(MARKUP[::-1] + "&lt;script&gt; $\\href{javascript:alert(4)}{x}$")
