from datetime import UTC, datetime, timedelta
from pathlib import Path

from desktop.store.shelf import is_due, made_at, name_at, surplus

NOW = datetime(2026, 3, 29, 12, 0, 0, 5000, UTC)


def made(*ages: timedelta) -> list[Path]:
    return [Path(name_at(NOW - age)) for age in ages]


def test_a_name_says_when_and_names_sort_by_time() -> None:
    assert name_at(NOW) == "newsroom-20260329T120000.005Z.sqlite"
    assert made_at(Path(name_at(NOW))) == NOW
    assert made_at(Path("newsroom-mine.sqlite")) is None
    assert sorted(made(timedelta(0), timedelta(days=400), timedelta(hours=1))) == made(
        timedelta(days=400), timedelta(hours=1), timedelta(0)
    )


def test_a_backup_is_due_an_hour_after_the_newest_whatever_the_clock_did() -> None:
    assert is_due([], NOW)
    assert is_due(made(timedelta(hours=1), timedelta(days=2)), NOW)
    assert not is_due(made(timedelta(minutes=59)), NOW)
    assert is_due(made(-timedelta(days=30)), NOW)


def test_one_an_hour_one_a_day_and_one_a_week_are_kept() -> None:
    every_ten_minutes = made(*(timedelta(minutes=10 * turn) for turn in range(6 * 24 * 500)))
    kept = sorted(set(every_ten_minutes) - set(surplus(every_ten_minutes, NOW)))
    ages = [NOW - at for at in map(made_at, kept) if at is not None]
    assert len([age for age in ages if age <= timedelta(days=1)]) in {25, 26}
    assert len([age for age in ages if timedelta(days=1) < age <= timedelta(days=30)]) in {29, 30}
    assert len([age for age in ages if timedelta(days=30) < age]) in {48, 49}
    assert max(ages) <= timedelta(days=365)
    assert ages[-1] == timedelta(0)


def test_the_newest_and_what_is_not_ours_are_never_deleted() -> None:
    ancient = made(timedelta(days=900), timedelta(days=800))
    assert surplus([*ancient, Path("newsroom-mine.sqlite")], NOW) == (ancient[0],)
    assert surplus([], NOW) == ()


def test_what_is_kept_is_kept_again_an_hour_later() -> None:
    kept = made(*(timedelta(hours=turn) for turn in range(200)))
    for turn in range(48):
        now = NOW + timedelta(hours=turn)
        kept = [path for path in [*kept, Path(name_at(now))] if path not in surplus([*kept, Path(name_at(now))], now)]
    days = {at.date() for at in map(made_at, kept) if at is not None}
    assert len(days) >= 10
