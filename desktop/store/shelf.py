"""Which backups to keep, and when the next one is due: many of today, fewer of long ago."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

EVERY: Final = timedelta(hours=1)
_STAMP: Final = "newsroom-%Y%m%dT%H%M%S.%fZ"

# Up to this age, one backup of each of these stretches is kept; older than the last, none but the newest.
_KEPT: Final[tuple[tuple[timedelta, Callable[[datetime], str]], ...]] = (
    (timedelta(days=1), lambda at: f"{at:%Y-%m-%d %H}"),
    (timedelta(days=30), lambda at: f"{at:%Y-%m-%d}"),
    (timedelta(days=365), lambda at: f"{at:%G week %V}"),
)


def name_at(at: datetime) -> str:
    """Return the file name of a backup made at a moment, in UTC; later ones sort after earlier ones."""
    return f"{at.astimezone(UTC).strftime(_STAMP)[:-4]}Z.sqlite"


def made_at(path: Path) -> datetime | None:
    """Return when a backup was made, None when its name does not say."""
    try:
        return datetime.strptime(path.stem, _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def is_due(backups: Iterable[Path], now: datetime) -> bool:
    """Tell whether the newest backup is an hour old; one from the future, of a clock set back, does not count."""
    made = [at for at in map(made_at, backups) if at is not None and at <= now]
    return not made or now - max(made) >= EVERY


def surplus(backups: Iterable[Path], now: datetime) -> tuple[Path, ...]:
    """Return the backups to delete: of each stretch of time the first is kept, and always the newest of all."""
    dated = sorted((at, path) for path in backups if (at := made_at(path)) is not None)
    seen: set[str] = set()
    dropped: list[Path] = []
    for at, path in dated[:-1]:
        stretch = next((name(at) for age, name in _KEPT if now - at <= age), None)
        if stretch is None or stretch in seen:
            dropped.append(path)
        else:
            seen.add(stretch)
    return tuple(dropped)
