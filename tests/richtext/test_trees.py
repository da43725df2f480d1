"""Trees: the same words as the HTML that they are made of, in the places that papers need."""

from hypothesis import given
from hypothesis import strategies as st

from consultations.richtext.rendering import render_words
from consultations.richtext.trees import tree

BASE = "https://forum.example/standards/"


def text_of(nodes: list[dict]) -> str:
    return "\n".join(
        "\n".join(text_of(item) for item in node["items"])
        if node["kind"] == "list"
        else "".join(inline_text(inner) for inner in node["nodes"])
        for node in nodes
    )


def inline_text(node: dict) -> str:
    if node["kind"] == "break":
        return "\n"
    return node.get("text", "") + "".join(inline_text(inner) for inner in node.get("nodes", ()))


def paragraph(*texts: str) -> dict:
    return {"kind": "paragraph", "nodes": [{"kind": "text", "text": text} for text in texts]}


def test_lists_keep_their_nesting_and_numbers():
    html = render_words("Bawa:\n\n3. KK\n4. KTP\n   - asli\n   - salinan\n\nSelesai.").html

    assert tree(html, base=BASE) == [
        paragraph("Bawa:"),
        {
            "kind": "list",
            "start": 3,
            "items": [
                [paragraph("KK")],
                [
                    paragraph("KTP"),
                    {
                        "kind": "list",
                        "start": None,
                        "items": [[paragraph("asli")], [paragraph("salinan")]],
                    },
                ],
            ],
        },
        paragraph("Selesai."),
    ]


def test_emphasis_links_and_breaks():
    html = render_words(
        "**Gratis** *sejak* [2024](/x/?a=1&b=2)\\\n[surat](mailto:a@b.example)"
    ).html

    assert tree(html, base=BASE) == [
        {
            "kind": "paragraph",
            "nodes": [
                {"kind": "strong", "nodes": [{"kind": "text", "text": "Gratis"}]},
                {"kind": "text", "text": " "},
                {"kind": "emphasis", "nodes": [{"kind": "text", "text": "sejak"}]},
                {"kind": "text", "text": " "},
                {
                    "kind": "link",
                    "address": "https://forum.example/x/?a=1&b=2",
                    "nodes": [{"kind": "text", "text": "2024"}],
                },
                {"kind": "break"},
                {
                    "kind": "link",
                    "address": "mailto:a@b.example",
                    "nodes": [{"kind": "text", "text": "surat"}],
                },
            ],
        }
    ]


@given(st.text(st.sampled_from("ab \n\\*_[](<>&12.-+)#/:\t"), max_size=80))
def test_a_tree_has_all_the_words_of_any_text(markdown):
    rendered = render_words(markdown)

    assert text_of(tree(rendered.html, base=BASE)) == rendered.plain
