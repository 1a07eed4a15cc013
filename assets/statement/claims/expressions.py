"""A small language for recomputing claims: arithmetic over intervals, a few functions, claims and published facts.

    share(claim("part"), claim("whole"))
    growth_percent(claim("before"), claim("after"))
    fact("recorded.offence_count", "prc.a5a.8U", "2023-03-31", age="all")

Parsed by Python's own parser, then walked by a whitelist: numbers, + - * /, a sign, and calls of the functions below.
Nothing is evaluated by Python. Units are the caller's; shares are percentages.
"""

import ast
import datetime
from collections.abc import Mapping
from typing import Protocol

from assets.statement.claims.functions import FUNCTIONS, MOMENTS, ArgumentsError, called, combine
from assets.statement.claims.value import Value, constant

SOURCES = ("claim", "fact", "rows")
LONGEST = 2_000


class ExpressionError(ValueError):
    """An expression that cannot be read or worked out: what stands there and what was expected."""

    def __init__(self, found: str, expected: str) -> None:
        self.found, self.expected = found, expected
        super().__init__(f"found {found}; expected {expected}")


class Sources(Protocol):
    """Where an expression gets its figures from. Each raises ExpressionError for what is not there."""

    def claim(self, key: str) -> Value:
        """The figure of a claim."""

    def fact(self, table: str, series: str, period_end: str, filters: Mapping[str, str]) -> Value:
        """A published figure, the newest release unless one is named."""

    def rows(self, table: str, filters: Mapping[str, str]) -> Value:
        """How many rows of a reference table fit."""


def parsed(text: str) -> ast.expr:
    """The expression's tree, with nothing in it that the language does not have."""
    if len(text) > LONGEST:
        raise ExpressionError(f"{len(text)} letters", f"an expression of at most {LONGEST} letters")
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ExpressionError(repr(text), 'an expression such as share(claim("part"), claim("whole"))') from None
    try:
        _allow(tree)
    except RecursionError:
        raise ExpressionError(f"{text[:40]}...", "an expression with fewer levels of brackets") from None
    return tree


def claims_in(text: str) -> tuple[str, ...]:
    """Keys of the claims that an expression names."""
    named = [
        node
        for node in ast.walk(parsed(text))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "claim"
    ]
    return tuple(_exactly([_text(argument) for argument in node.args], 1, node)[0] for node in named)


def evaluate(text: str, sources: Sources) -> Value:
    """The value of an expression; ExpressionError where it has none."""
    tree = parsed(text)
    try:
        return _value(tree, sources)
    except RecursionError:
        raise ExpressionError(f"{text[:40]}...", "an expression with fewer levels of brackets") from None


def _value(node: ast.expr, sources: Sources) -> Value:
    try:
        if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
            return constant(node.value)
        if isinstance(node, ast.UnaryOp):
            return combine("-", constant(0), _value(node.operand, sources))
        if isinstance(node, ast.BinOp):
            return combine(OPERATORS[type(node.op)], _value(node.left, sources), _value(node.right, sources))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            return _called(node, node.func.id, sources)
    except OverflowError:
        raise ExpressionError(ast.unparse(node), "numbers of a size that can be worked with") from None
    except ZeroDivisionError:
        raise ExpressionError(ast.unparse(node), "no division by nought") from None
    except ArgumentsError as error:
        raise ExpressionError(ast.unparse(node), str(error)) from None
    except ExpressionError:
        raise
    except ValueError as error:
        raise ExpressionError(ast.unparse(node), f"figures that can be combined so ({error})") from None
    raise ExpressionError(ast.unparse(node), "a number, an operation or a function")


def _called(node: ast.Call, name: str, sources: Sources) -> Value:
    if name in SOURCES:
        texts = [_text(argument) for argument in node.args]
        filters = {keyword.arg or "": _text(keyword.value) for keyword in node.keywords}
        if name == "claim":
            return sources.claim(*_exactly(texts, 1, node))
        if name == "fact":
            table, series, period_end = _exactly(texts, 3, node)
            return sources.fact(table, series, period_end, filters)
        (table,) = _exactly(texts, 1, node)
        return sources.rows(table, filters)
    if node.keywords:
        raise ExpressionError(ast.unparse(node), f"no named arguments in {name}()")
    if name in MOMENTS:
        days = [_day(text) for text in _exactly([_text(argument) for argument in node.args], 2, node)]
        return MOMENTS[name](*days)
    return called(name, [_value(argument, sources) for argument in node.args])


OPERATORS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}


def _allow(node: ast.expr) -> None:
    """Refuse every form that the language does not have, before anything is worked out."""
    match node:
        case ast.Constant(value=bool() | None | complex() | bytes()):
            raise ExpressionError(repr(node.value), "a number or a text in quotes")
        case ast.Constant():
            return
        case ast.UnaryOp(op=ast.USub()):
            _allow(node.operand)
        case ast.BinOp() if type(node.op) in OPERATORS:
            _allow(node.left)
            _allow(node.right)
        case ast.Call(func=ast.Name(id=name)) if name in (*SOURCES, *MOMENTS, *FUNCTIONS):
            for part in (*node.args, *(keyword.value for keyword in node.keywords)):
                _allow(part)
        case ast.Call(func=ast.Name(id=name)):
            raise ExpressionError(f"the function {name}", f"one of {', '.join((*SOURCES, *MOMENTS, *FUNCTIONS))}")
        case _:
            raise ExpressionError(ast.unparse(node), "numbers, + - * /, brackets and the functions of the language")


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    raise ExpressionError(ast.unparse(node), "a text in quotes")


def _exactly(texts: list[str], count: int, node: ast.expr) -> list[str]:
    if len(texts) != count:
        raise ExpressionError(ast.unparse(node), f"{count} text{'s' * (count > 1)} in quotes, found {len(texts)}")
    return texts


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise ExpressionError(repr(text), "a date as yyyy-mm-dd") from None
