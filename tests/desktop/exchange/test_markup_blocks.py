from desktop.domain.blocks import Block, Embed, Gallery, Heading, Image, List, Paragraph, Quote, Video
from desktop.domain.text import Span, text
from desktop.exchange.markup import parse
from desktop.exchange.markup_blocks import of_words, read_blocks

TWEET = (
    '<blockquote class="twitter-tweet"><p lang="en">The tide is in.</p>&mdash; Harbour desk (@harbour) '
    '<a href="https://twitter.com/harbour/status/1234567890">14 March</a></blockquote>'
    '<script async src="https://platform.twitter.com/widgets.js"></script>'
)


def blocks(html: str, base: str = "") -> list[Block]:
    return read_blocks(parse(html), base).blocks


def leftovers(html: str) -> list[str]:
    return [left.words for left in read_blocks(parse(html)).leftovers]


def test_paragraphs_keep_their_looks_and_links() -> None:
    assert blocks(
        '<p>The <b>old</b>\n bridge\u00a0is <em>shut</em>, <a href="https://a.example/x?a=1&amp;b=2">they say</a>.</p>'
    ) == [
        Paragraph(
            (
                Span("The "),
                Span("old", bold=True),
                Span(" bridge\u00a0is "),
                Span("shut", italic=True),
                Span(", "),
                Span("they say", href="https://a.example/x?a=1&b=2"),
                Span("."),
            )
        )
    ]


def test_loose_text_and_line_breaks_are_kept() -> None:
    assert blocks("one<br>two <div> three</div>four") == [
        Paragraph(text("one\ntwo")),
        Paragraph(text("three")),
        Paragraph(text("four")),
    ]


def test_lists_headings_and_quotations() -> None:
    assert blocks(
        "<h3>What is known</h3><ul><li>One<li><p>Two</p></ul><ol><li>First</ol>"
        "<blockquote><p>Close it twice.</p><cite>— Harbour office</cite></blockquote>"
    ) == [
        Heading(text("What is known")),
        List((text("One"), text("Two"))),
        List((text("First"),), ordered=True),
        Quote(text("Close it twice."), "Harbour office"),
    ]


def test_pictures_keep_words_and_order_and_their_address_is_listed() -> None:
    html = (
        '<figure><img src="https://a.example/1.jpg" alt="Fog" width="640" height="360px">'
        '<figcaption>At dawn <span class="credit">Quay Agency</span></figcaption></figure>'
    )
    assert blocks(html) == [Image(alt="Fog", caption="At dawn", credit="Quay Agency", width=640, height=360)]
    assert leftovers(html) == ["https://a.example/1.jpg"]
    two = "<figure><img alt=a src=1><img alt=b src=2><figcaption>Both</figcaption></figure>"
    assert blocks(two) == [Gallery((Image(alt="a"), Image(alt="b", caption="Both")))]
    assert blocks("<p>x<img alt='' src=3>y</p>") == [Paragraph(text("x")), Image(decorative=True), Paragraph(text("y"))]


def test_a_pixel_that_counts_readers_is_no_picture() -> None:
    html = '<p>x</p><img width=1 height=1 src="https://count.example/p.gif">'
    assert blocks(html) == [Paragraph(text("x"))]
    assert leftovers(html) == ["https://count.example/p.gif"]


def test_a_post_stands_behind_our_own_gate_with_its_words() -> None:
    (post,) = blocks(TWEET)
    assert isinstance(post, Embed)
    assert (post.provider, post.quoted) == ("x", "The tide is in.")
    assert post.address == "https://twitter.com/harbour/status/1234567890"
    assert post.author.startswith("Harbour desk (@harbour)")


def test_frames_of_players_become_embeds_and_unknown_ones_too() -> None:
    (video,) = blocks('<iframe src="https://www.youtube.com/embed/abcdefghijk?rel=0" allow="autoplay"></iframe>')
    assert video == Embed("youtube", "video", "https://www.youtube.com/watch?v=abcdefghijk")
    (other,) = blocks('<iframe src="https://charts.example/1"></iframe>')
    assert isinstance(other, Embed)
    assert (other.provider, other.address) == ("generic", "https://charts.example/1")
    assert leftovers('<iframe src="javascript:alert(1)"></iframe>') == ["<iframe> javascript:alert(1)"]


def test_an_address_alone_is_the_post_it_leads_to() -> None:
    address = "https://x.com/harbour/status/1234567890"
    post = Embed("x", "post", address)
    assert blocks(f"<p>{address}</p>") == [post]
    assert blocks(f'<p><a href="{address}">x.com/harbour/status/1234567890</a></p>') == [post]
    assert of_words(f"Before\n{address}\n\nAfter") == [Paragraph(text("Before")), post, Paragraph(text("After"))]
    # Words that are a link stay words: what they say would be lost.
    assert blocks(f'<p><a href="{address}">What she wrote</a></p>') == [
        Paragraph((Span("What she wrote", href=address),))
    ]
    assert blocks("<p>https://x.com/harbour</p>") == [Paragraph(text("https://x.com/harbour"))]


def test_a_video_of_the_publisher_keeps_its_address() -> None:
    assert blocks('<video title="Ferry"><source src="https://a.example/f.mp4"></video>') == [
        Video(caption="Ferry", address="https://a.example/f.mp4")
    ]


def test_links_that_lead_nowhere_safe_are_words_and_listed() -> None:
    html = '<p><a href="javascript:alert(1)">press</a> <a href="/other">here</a></p>'
    assert blocks(html) == [Paragraph(text("press here"))]
    assert leftovers(html) == ["press (javascript:alert(1))", "here (/other)"]
    assert blocks('<a href="/other">here</a>', "https://a.example/live") == [
        Paragraph((Span("here", href="https://a.example/other"),))
    ]


def test_scripts_and_styles_say_nothing() -> None:
    assert blocks("<style>p{}</style><p onclick=x()>a</p><script>alert(1)</script><template>b</template>") == [
        Paragraph(text("a"))
    ]
