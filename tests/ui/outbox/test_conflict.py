from dataclasses import replace
from datetime import UTC, datetime

from pytestqt.qtbot import QtBot

from desktop.domain import moment
from desktop.domain.blocks import Paragraph
from desktop.domain.entry import Entry
from desktop.domain.identity import new_id
from desktop.domain.outbox import Operation, OperationKind, OperationState
from desktop.domain.remote import RemoteVersion
from desktop.domain.text import text
from desktop.publish.conflict import Dispute
from desktop.publish.merge import Whose, compare
from ui.outbox.conflict import ConflictSheet
from ui.shared.label import Label

BASE = Entry(
    id=new_id(),
    coverage_id=new_id(),
    at=datetime(2026, 3, 14, 12, tzinfo=UTC),
    headline="Bridge closed",
    blocks=(Paragraph(text("One.")), Paragraph(text("Two."))),
)


def dispute(mine: Entry | None, theirs: Entry | None, body: bytes = b"{}") -> Dispute:
    operation = Operation(
        id=new_id(),
        sequence=1,
        endpoint_id=new_id(),
        instance=None,
        coverage_id=BASE.coverage_id,
        kind=OperationKind.ENTRY if mine else OperationKind.PAGE,
        target_id=BASE.id,
        revision=1,
        digest="",
        payload=b"{}",
        state=OperationState.CONFLICT,
        made_at=moment.now(),
    )
    remote = RemoteVersion(
        endpoint_id=operation.endpoint_id,
        coverage_id=BASE.coverage_id,
        kind=operation.kind,
        target_id=BASE.id,
        etag='"2"',
        body=body,
        op=new_id(),
        by="Ben <b>",
        at=moment.now(),
    )
    return Dispute(operation, remote, mine, compare(BASE, mine, theirs) if mine and theirs else ())


def test_parts_stand_beside_each_other_and_what_both_changed_is_chosen(qtbot: QtBot) -> None:
    mine = replace(BASE, headline="Bridge shut", blocks=(BASE.blocks[0], Paragraph(text("Two, mine."))))
    theirs = replace(BASE, is_key_moment=True, blocks=(BASE.blocks[0], Paragraph(text("Two, theirs."))))
    sheet = ConflictSheet(dispute(mine, theirs), "Bridge shut", None)
    qtbot.addWidget(sheet)
    said = [label.text() for label in sheet.findChildren(Label)]
    for words in ("Headline · changed by you", "Key moment · changed by Ben <b>", "Text · changed by both: choose one"):
        assert words in said
    assert {"Before", "Yours", "Ben <b>’s", "Two, mine.", "Two, theirs.", "Two."} <= set(said)
    assert not sheet.merge.isEnabled()
    group = list(sheet.groups.values())[-1]
    assert [button.text() for button in group.buttons()] == ["Take yours", "Take theirs", "Take both, yours first"]
    group.buttons()[2].click()
    assert sheet.merge.isEnabled()
    with qtbot.waitSignal(sheet.merged) as told:
        sheet.merge.click()
    entry = told.args[0]
    assert (entry.headline, entry.is_key_moment, len(entry.blocks)) == ("Bridge shut", True, 3)
    differing = {place for place, part in enumerate(dispute(mine, theirs).parts) if part.whose is not Whose.AGREED}
    assert sheet.groups.keys() == differing


def test_a_page_is_one_or_the_other_and_what_was_taken_down_cannot_be_kept(qtbot: QtBot) -> None:
    page = ConflictSheet(dispute(None, None), "The page itself", None)
    gone = ConflictSheet(dispute(BASE, None, b""), "Bridge closed", None)
    for sheet in (page, gone):
        qtbot.addWidget(sheet)
        assert sheet.merge.isHidden()
        assert not sheet.top.isHidden()
    assert (page.keep.isHidden(), gone.keep.isHidden()) == (False, True)
    with qtbot.waitSignal(page.theirs_chosen):
        page.keep.click()
    with qtbot.waitSignal(gone.mine_chosen):
        gone.top.click()
