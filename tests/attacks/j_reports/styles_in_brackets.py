"""Expected: crashed (exception), 0 of 6. J2, wall/numbers.

Square brackets that a console library takes for colours, for ends of styles that never began, for links and emoji.
"""

STUDENT = "[red]j-styles[reverse]:smile:[link=x]"


def double(x):
    raise type("[bold]", (Exception,), {})("[/] [/red] [link=http://example.org]x[/link] :smile: [@click=app.quit]")


def scale_(x, factor):
    raise KeyError("[/nothing]")
