from ui.web.markup import Html, join, link, tag, written_in


def test_children_and_attributes_are_escaped_unless_they_are_markup() -> None:
    assert tag("p", "<b>&\"'", title='"><i>') == '<p title="&quot;&gt;&lt;i&gt;">&lt;b&gt;&amp;&quot;&#x27;</p>'
    assert join(tag("b", "x"), "<") == "<b>x</b>&lt;"
    assert isinstance(join("x"), Html)


def test_joining_markup_with_plain_operators_loses_its_safety() -> None:
    assert not isinstance(tag("b", "x") + "<i>", Html)


def test_attributes_that_are_off_are_left_out() -> None:
    assert tag("p", class_="", lang=None, hidden=False, open=True) == "<p open></p>"


def test_only_addresses_of_the_web_become_links() -> None:
    assert link("open", "https://example.org/x").startswith('<a href="https://example.org/x"')
    for address in ("javascript:alert(1)", "data:text/html,x", "//example.org", 'https://a" onclick="x', "ftp://a/b"):
        assert "<a" not in link("open", address)


def test_the_script_of_a_text_names_its_language() -> None:
    texts = ("谁签署了 MoU？", "Кто подписал MoU?", "Қазақстан", "Who?", "1928")
    assert [written_in(text) for text in texts] == ["zh", "ru", "kk", "en", None]
