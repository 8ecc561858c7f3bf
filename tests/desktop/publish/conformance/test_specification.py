"""The written specification says what the endpoint does: nothing of it is left out or out of date."""

import re
from pathlib import Path

from desktop.domain.block_codec import BLOCK_TYPES
from desktop.domain.endpoint import Environment
from desktop.publish.conformance.rules import RULES
from desktop.rehearsal.openapi import document
from desktop.rehearsal.refusal import Ground

WRITTEN = (Path(__file__).parents[4] / "docs" / "live-page-api.md").read_text(encoding="utf-8")
DESCRIBED = document("Test", Environment.TEST)


def test_every_rule_that_is_tried_is_written_down() -> None:
    listed = [(name, sentence) for name, sentence in re.findall(r"^- \*\*(.+?)\*\*: (.+)$", WRITTEN, re.MULTILINE)]
    assert listed == [(each.name, each.sentence) for each in RULES]


def test_every_refusal_is_written_down_under_its_status() -> None:
    for ground in Ground:
        assert re.search(rf"^\| {ground.status} \|.*`{re.escape(ground.type)}`", WRITTEN, re.MULTILINE), ground


def test_every_address_and_method_is_written_down() -> None:
    for path, item in DESCRIBED["paths"].items():
        if path.startswith("/live"):
            continue  # the reader's page is the endpoint's own affair
        (row,) = re.findall(rf"^\| `{re.escape(path)}` \| (.+?) \|", WRITTEN, re.MULTILINE)
        assert set(row.split(", ")) == {method.upper() for method in item if method != "parameters"}, path


def test_every_kind_of_block_and_every_member_of_it_is_written_down() -> None:
    for kind in BLOCK_TYPES:
        assert f"`{kind}`" in WRITTEN, kind
    schemas = DESCRIBED["components"]["schemas"]
    for name in (
        "Paragraph",
        "List",
        "Quote",
        "Image",
        "Gallery",
        "Video",
        "Embed",
        "Page",
        "Entry",
        "Summary",
        "Service",
    ):
        for member in schemas[name]["properties"]:
            assert f"`{member}`" in WRITTEN or f'"{member}"' in WRITTEN, (name, member)
