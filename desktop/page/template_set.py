"""The templates, style and script that ship, read from wherever the program was installed."""

from functools import cache
from importlib import resources

from jinja2 import Environment, FunctionLoader, StrictUndefined

from desktop.page.prose import lines


def read(name: str) -> str:
    """Return the text of one file of resources/page."""
    return (resources.files("resources") / "page" / name).read_text(encoding="utf-8")


def render(name: str, **values: object) -> str:
    """Render a template; whatever is not already markup is escaped."""
    return _environment().get_template(name).render(values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(read),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["lines"] = lines
    return environment
