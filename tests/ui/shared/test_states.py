from desktop.domain.status import Status
from ui.icons import FOLDER
from ui.shared.states import look


def test_no_two_states_share_an_icon_or_a_word() -> None:
    looks = [look(status) for status in Status]
    assert len({each.word for each in looks}) == len(Status)
    assert len({each.icon for each in looks}) == len(Status)
    assert all((FOLDER / f"{each.icon}.svg").exists() for each in looks)
