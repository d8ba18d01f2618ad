"""Which library names does a source use? Found in its syntax tree, before any of it has run.

A *use* is a name that is followed through imports, aliases, attribute chains and constant strings to its full path
("torch.nn.functional.cross_entropy"). Code that nothing which was asked for can reach (a self-test, what stands under
``if __name__ == "__main__"``) has no uses. What hides its names (``exec`` of a computed text, ``getattr`` with one)
cannot be followed: it is *suspicious*, which is a reason to look and never a verdict.
"""

from __future__ import annotations

import ast
import builtins
import importlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from . import scopes

MAX_FOUND = 50
_DYNAMIC = {"exec", "eval", "compile", "globals", "vars", "locals", "__import__", "setattr", "delattr"}
_MODULES = (
    "ctypes",
    "threading",
    "_thread",
    "multiprocessing",
    "subprocess",
    "importlib",
    "gc",
    "inspect",
    "cffi",
    "marshal",
    "pickle",
    "builtins",
    "worker",  # this very package
)
_INTERNALS = (
    *("torch._C", "torch.ops", "torch._dynamo", "torch.jit", "torch.compile", "torch.overrides", "torch.library"),
    *("sys.modules", "sys._getframe", "sys.settrace", "sys.setprofile", "types.FunctionType", "types.CodeType"),
)
_HIDING = ("_disable", "DisableTorchFunction", "__torch_function__", "__torch_dispatch__")  # parts of names
_HIDING_ATTRIBUTES = {
    *("__dict__", "__globals__", "__code__", "__closure__", "__wrapped__", "__getattribute__", "__subclasses__"),
    *("f_back", "f_locals", "f_globals", "tb_frame", "gi_frame"),
}


@dataclass
class Found:
    """Line numbers are those of the source."""

    uses: list[tuple[str, int]] = field(default_factory=list)  # the forbidden name, the line
    suspicious: list[tuple[str, int]] = field(default_factory=list)  # what, the line


def scan(source: str, forbidden: list[str], entries: list[str]) -> Found:
    """Uses of ``forbidden`` names that can be reached from the top-level names ``entries``; none if it is no Python.

    A forbidden name stands for itself and all below it. "torch.Tensor.backward" is also the method of that name of any
    value whose type is not known.
    """
    found, while_loading = Found(), Found()
    try:
        tree = ast.parse(source)
        bound, names = _bindings(tree), Names(forbidden)
        asked = [*entries, "__getattr__"]  # a module that has one answers to every name
        for entry in asked:
            if entry in bound.imported and (name := names.match(bound.aliases[entry])):
                found.uses.append((name, bound.imported[entry]))
        for node in _reachable(bound, asked):
            _Reader(names, bound.aliases, own=bound.attributes, found=found).visit(node)
        for node in _running(bound):
            _Reader(names, bound.aliases, own=bound.attributes, found=while_loading).visit(node)
    except (SyntaxError, ValueError, MemoryError):
        return Found()  # loading it tells
    except RecursionError:
        found.suspicious.append(("an expression too deep to be read", 1))
    found.uses = _by_line(found.uses)
    found.suspicious = _by_line([*found.suspicious, *while_loading.suspicious])  # a self-test's uses are none
    return found


def _by_line(found: list[tuple[str, int]]) -> list[tuple[str, int]]:
    return sorted(set(found), key=lambda use: (use[1], use[0]))[:MAX_FOUND]


class Names:
    """The forbidden names, and what else goes by them."""

    def __init__(self, forbidden: list[str]) -> None:
        self.forbidden = forbidden
        self.methods = {name.rpartition(".")[2]: name for name in forbidden if name.startswith("torch.Tensor.")}
        self.objects = {id(value): name for name in forbidden if (value := resolve(name)) is not None}

    def match(self, path: str) -> str | None:
        """The forbidden name that ``path`` is, or lies below; also by another way to the same object."""
        value = resolve(path)
        if value is not None and id(value) in self.objects:
            return self.objects[id(value)]
        last = path.rpartition(".")[2]
        if value is not None and path.count(".") > 1 and getattr(_torch(), last, None) is value:
            return self._listed(f"torch.{last}")  # torch.autograd.no_grad is torch.no_grad, which lies elsewhere
        return self._listed(path)

    def _listed(self, path: str) -> str | None:
        return next((name for name in self.forbidden if path == name or path.startswith(name + ".")), None)


def resolve(path: str) -> Any:
    """The object at a dotted path below a library that is here already; None when there is none."""
    parts = path.split(".")
    if parts[0] not in ("torch", "numpy"):
        return None
    value: Any = importlib.import_module(parts[0])
    for part in parts[1:]:
        try:
            value = getattr(value, part)
        except Exception:  # whatever a lazy module raises
            return None
    return value


def _torch() -> Any:
    return importlib.import_module("torch")


# --- what a file binds, and what of it can be reached -------------------------------------------------------------

_Assignment = ast.Assign | ast.AnnAssign | ast.AugAssign


@dataclass
class _Bindings:
    nodes: dict[str, list[ast.AST]] = field(default_factory=dict)  # top-level name → what gives it its value
    effects: list[ast.AST] = field(default_factory=list)  # other statements: they run, and may patch
    aliases: dict[str, str] = field(default_factory=dict)  # name → dotted path
    imported: dict[str, int] = field(default_factory=dict)  # name → line of its import, if nothing else has the name
    attributes: set[str] = field(default_factory=set)  # that the file itself gives to its classes and objects

    def bind(self, names: Iterable[str], node: ast.AST) -> None:
        for name in names:
            self.nodes.setdefault(name, []).append(node)


def _bindings(tree: ast.Module) -> _Bindings:
    bound = _Bindings(attributes=_own_attributes(tree))
    certain = {id(node) for node in tree.body}
    for node in _statements(tree.body):
        if isinstance(node, ast.Import | ast.ImportFrom):
            paths = _imported(node)
            bound.aliases.update(paths)
            bound.imported.update(dict.fromkeys(paths, node.lineno))
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            bound.bind({node.name, *scopes.declared_global(node)}, node)
            if id(node) in certain:
                _forget(bound, node.name)
        else:
            _bind_values(bound, node)
    return bound


def _bind_values(bound: _Bindings, node: ast.stmt) -> None:
    """What a statement other than an import or a definition binds; ``:=`` does so anywhere."""
    targets = scopes.targets(node)
    values = [n.target for n in scopes.walk(node) if isinstance(n, ast.NamedExpr)]
    stored = {name for target in (*targets, *values) for name in scopes.stored(target)}
    changed = {name for target in targets if (name := scopes.base(target))}
    bound.bind(stored | changed, node)
    if not targets or not stored | changed:
        bound.effects.append(node)
    if path := _alias(node, bound.aliases):
        bound.aliases.update({t.id: path for t in targets if isinstance(t, ast.Name)})
    elif isinstance(node, ast.Assign):
        for name in stored - scopes.free(node):
            _forget(bound, name)


def _forget(bound: _Bindings, name: str) -> None:
    """``name`` is the file's own from here on, whatever was imported by that name."""
    bound.aliases.pop(name, None)
    bound.imported.pop(name, None)


def _statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Simple statements and definitions at the top level, also those in its blocks; not the block of a script.

    The head of a block is an assignment, or an expression, of its own.
    """
    for node in body:
        if isinstance(node, ast.If) and _asks_for_main(node.test):
            yield from _statements(node.orelse)
        elif isinstance(node, ast.If | ast.For | ast.While | ast.With | ast.Try | ast.TryStar | ast.Match):
            yield from _heads(node)
            for part in ("body", "orelse", "finalbody"):
                yield from _statements(getattr(node, part, []))
            for inner in (*getattr(node, "handlers", []), *getattr(node, "cases", [])):
                yield from _statements(inner.body)
        else:
            yield node


def _heads(node: ast.stmt) -> Iterator[ast.stmt]:
    pairs: list[tuple[ast.expr | None, ast.expr]] = []
    match node:
        case ast.For():
            pairs = [(node.target, node.iter)]
        case ast.With(items=items):
            pairs = [(item.optional_vars, item.context_expr) for item in items]
        case ast.If(test=value) | ast.While(test=value) | ast.Match(subject=value):
            pairs = [(None, value)]
    for target, value in pairs:
        head = ast.Assign([target], value) if target else ast.Expr(value)
        yield ast.copy_location(head, value)


def _asks_for_main(test: ast.expr) -> bool:
    match test:
        case ast.Compare(left=left, ops=[ast.Eq()], comparators=[right]):
            sides = [ast.unparse(side) for side in (left, right) if isinstance(side, ast.Name | ast.Constant)]
            return sorted(sides) == ["'__main__'", "__name__"]
    return False


def _reachable(bound: _Bindings, entries: list[str]) -> list[ast.AST]:
    """What gives ``entries`` their values, and in turn the names in it; entries that the file lacks are skipped."""
    return [*_followed(bound, entries), *(node for node in bound.effects if _patches(node))]


def _running(bound: _Bindings) -> list[ast.AST]:
    """What runs while the file is loaded: statements, and in turn what they call."""
    values = [node for nodes in bound.nodes.values() for node in nodes if not isinstance(node, scopes.Function)]
    statements = [*values, *bound.effects]
    return [*statements, *_followed(bound, [name for node in statements for name in scopes.free(node)])]


def _followed(bound: _Bindings, names: list[str]) -> list[ast.AST]:
    waiting, seen = list(names), set()
    reached: dict[int, ast.AST] = {}
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        for node in bound.nodes.get(name, []):
            reached[id(node)] = node
            waiting += scopes.free(node)
    return list(reached.values())


def _patches(node: ast.AST) -> bool:
    """Whether a top-level statement may change what names mean; a self-test or a print does not."""
    calls = (n.func for n in scopes.walk(node) if isinstance(n, ast.Call))
    return any(isinstance(call, ast.Name) and call.id in _DYNAMIC for call in calls)


def _own_attributes(tree: ast.Module) -> set[str]:
    """Names of attributes that the file gives: of its classes, of its objects, of its named tuples."""
    found: set[str] = set()
    for node in scopes.walk(tree):
        match node:
            case ast.ClassDef(body=body):
                found.update(n.name for n in body if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
                found.update(name for n in body if isinstance(n, _Assignment) for name in scopes.stored(n))
            case ast.Attribute(attr=name, ctx=ast.Store()) | ast.keyword(arg=str(name)):
                found.add(name)
            case ast.Call(func=ast.Name(id="namedtuple" | "make_dataclass" | "setattr"), args=values):
                texts = [n.value for value in values for n in scopes.walk(value) if isinstance(n, ast.Constant)]
                found.update(word for text in texts if isinstance(text, str) for word in re.findall(r"\w+", text))
    return found


def _imported(node: ast.Import | ast.ImportFrom) -> dict[str, str]:
    if isinstance(node, ast.Import):
        return {
            alias.asname or alias.name.partition(".")[0]: alias.name if alias.asname else alias.name.partition(".")[0]
            for alias in node.names
        }
    found = {}
    for alias in node.names:
        if alias.name == "*":
            module = resolve(node.module or "")
            found.update({name: f"{node.module}.{name}" for name in dir(module) if not name.startswith("_")})
        else:
            found[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return found


def _alias(node: ast.stmt, aliases: dict[str, str]) -> str | None:
    value = getattr(node, "value", None)
    return _path(value, aliases) if value is not None and not isinstance(node, ast.AugAssign) else None


# --- paths --------------------------------------------------------------------------------------------------------


def _path(node: ast.AST, aliases: dict[str, str]) -> str | None:
    """The dotted path that an expression spells, through attributes, ``getattr`` and imports with constant names."""
    match node:
        case ast.Name(id=name):
            return aliases.get(name)
        case ast.Attribute(value=value, attr=name):
            base = _path(value, aliases)
            return f"{base}.{name}" if base else None
        case ast.Call(func=ast.Name(id="getattr"), args=[value, name, *_]):
            base, text = _path(value, aliases), constant(name)
            return f"{base}.{text}" if base and text else None
        case ast.Call(func=ast.Name(id="__import__"), args=[name, *_]):
            return constant(name)
        case ast.Call(func=ast.Attribute(attr="import_module") | ast.Name(id="import_module"), args=[name, *_]):
            return constant(name)
        case ast.Subscript(value=value, slice=name) if _path(value, aliases) == "sys.modules":
            return constant(name)
    return None


def constant(node: ast.AST) -> str | None:
    """The string that an expression of constants makes."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            first, second = constant(left), constant(right)
            return first + second if first is not None and second is not None else None
        case ast.Call(
            func=ast.Attribute(value=ast.Constant(value=str(glue)), attr="join"), args=[ast.List(elts=parts)]
        ):
            texts = [constant(part) for part in parts]
            return glue.join(text for text in texts if text is not None) if None not in texts else None
        case ast.JoinedStr(values=parts):
            texts = [constant(part) for part in parts]
            return "".join(text for text in texts if text is not None) if None not in texts else None
    return None


class _Reader(ast.NodeVisitor):
    """Reads one definition; names that a function binds itself are no longer those of the file."""

    def __init__(self, names: Names, aliases: dict[str, str], own: set[str], found: Found) -> None:
        self._names, self._aliases, self._own, self._found = names, dict(aliases), own, found

    def visit_FunctionDef(self, node: scopes.Function) -> None:
        outside = self._aliases
        hidden = scopes.bound_inside(node)
        self._aliases = {name: path for name, path in outside.items() if name not in hidden}
        for inner in scopes.own(node):
            if isinstance(inner, ast.Import | ast.ImportFrom):
                self._aliases.update(_imported(inner))
        for inner in scopes.own(node):
            if isinstance(inner, ast.Assign) and (path := _alias(inner, self._aliases)):
                self._aliases.update({t.id: path for t in inner.targets if isinstance(t, ast.Name)})
        self.generic_visit(node)
        self._aliases = outside

    def generic_visit(self, node: ast.AST) -> None:
        for child in scopes.children(node):
            self.visit(child)

    visit_AsyncFunctionDef = visit_FunctionDef
    visit_Lambda = visit_FunctionDef

    def visit_Name(self, node: ast.Name) -> None:
        self._use(node)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if not self._use(node):
            self._method(node.attr, node)
            self.generic_visit(node)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        if not self._use(node):
            self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        if not self._use(node):
            self._dynamic(node)
            self.generic_visit(node)
        else:
            for argument in (*node.args, *(keyword.value for keyword in node.keywords)):
                self.visit(argument)

    def _use(self, node: ast.Name | ast.Attribute | ast.Subscript | ast.Call) -> bool:
        """Note what ``node`` spells; whether it spells a path at all."""
        path = _path(node, self._aliases)
        if path is None:
            return False
        if name := self._names.match(path):
            read = isinstance(getattr(node, "ctx", ast.Load()), ast.Load)  # else it is replaced, not used
            (self._found.uses if read else self._found.suspicious).append((name, node.lineno))
        elif _hides(path):
            self._found.suspicious.append((path, node.lineno))
        return True

    def _method(self, attribute: str, node: ast.Attribute | ast.Call) -> None:
        """Note an attribute of a value whose type is not known."""
        if isinstance(getattr(node, "ctx", None), ast.Store):
            return  # its own
        if name := self._names.methods.get(attribute):
            # The file gives that name itself: nobody can tell whose it is without running it.
            where = self._found.suspicious if attribute in self._own else self._found.uses
            where.append((name, node.lineno))
        elif _hides(attribute):
            self._found.suspicious.append((attribute, node.lineno))

    def _dynamic(self, node: ast.Call) -> None:
        match node:
            case ast.Call(func=ast.Name(id="exec" | "eval"), args=[text, *_]) if constant(text) is not None:
                self._inner(constant(text) or "", node.lineno)
            case ast.Call(func=ast.Name(id="getattr"), args=[_, name, *_]) if constant(name) is not None:
                self._method(constant(name) or "", node)
            case ast.Call(func=ast.Name(id="getattr")):
                self._found.suspicious.append(("getattr with a computed name", node.lineno))
            case ast.Call(func=ast.Name(id=name)) if name in _DYNAMIC and hasattr(builtins, name):
                self._found.suspicious.append((name, node.lineno))
            case ast.Call(func=ast.Attribute(attr="attrgetter" | "methodcaller")):
                self._found.suspicious.append(("operator", node.lineno))

    def _inner(self, text: str, line: int) -> None:
        """Read a program in a string; its lines are those of the call."""
        try:
            tree = ast.parse(text)
        except (SyntaxError, ValueError, MemoryError, RecursionError):
            return
        inner = Found()
        reader = _Reader(self._names, self._aliases | _bindings(tree).aliases, self._own, inner)
        reader.visit(tree)
        self._found.uses += [(name, line) for name, _ in inner.uses]
        self._found.suspicious += [(what, line) for what, _ in inner.suspicious]


def _hides(path: str) -> bool:
    """Whether what goes by this name can hide others."""
    parts = path.split(".")
    return (
        path.startswith(_INTERNALS)
        or parts[0] in _MODULES
        or not _HIDING_ATTRIBUTES.isdisjoint(parts)
        or any(part in path for part in _HIDING)
    )
