import io
import zipfile

import pytest

from corpus.errors import ReportError
from corpus.read.limits import ReadLimits
from corpus.read.odt import extract

LIMITS = ReadLimits()
NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"), ("style", "style"),
        ("svg", "svg-compatible"), ("meta", "meta"), ("manifest", "manifest"), ("fo", "xsl-fo-compatible"),
    )
) + (
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' xmlns:field="urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0"'
)  # fmt: skip


def odt(body: str, *, automatic: str = "", styles: str = "", meta: str = "", manifest: str = "") -> bytes:
    """A text as office programs write it, of the parts that are read."""
    parts = {
        "content.xml": f"<office:document-content {NAMES}>"
        f"<office:automatic-styles>{automatic}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>",
        "styles.xml": f"<office:document-styles {NAMES}><office:master-styles><style:master-page>{styles}"
        "</style:master-page></office:master-styles></office:document-styles>",
        "meta.xml": f"<office:document-meta {NAMES}><office:meta>{meta}</office:meta></office:document-meta>",
        "META-INF/manifest.xml": f"{manifest}<manifest:manifest {NAMES}/>",
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        for name, part in parts.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' * (not manifest) + part)
    return file.getvalue()


def text_of(body: str, **parts: str) -> str:
    return extract(odt(body, **parts), LIMITS).text


def test_headings_paragraphs_and_lists_come_in_reading_order() -> None:
    body = (
        '<text:h text:outline-level="1">Journey to Perm</text:h><text:p>We met\n  <text:span>Rector</text:span>'
        '<text:s text:c="2"/>Olga<text:tab/>Sazonova.<text:line-break/>It rained.</text:p><text:p/>'
        "<text:list><text:list-item><text:p>a school</text:p><text:list><text:list-item><text:p>in May</text:p>"
        "</text:list-item></text:list></text:list-item>"
        "<text:list-item><text:p>a fund</text:p></text:list-item></text:list>"
        '<text:section><text:h text:outline-level="2">Later</text:h></text:section>'
    )
    extracted = extract(odt(body), LIMITS)
    assert extracted.text == (
        "# Journey to Perm\n\nWe met Rector  Olga\tSazonova.\nIt rained.\n\n"
        "- a school\n  - in May\n- a fund\n\n## Later"
    )
    assert (extracted.title, extracted.notes) == ("Journey to Perm", ())


def listed(style: str, *items: str, more: str = "") -> str:
    name = f' text:style-name="{style}"' if style else ""
    return f"<text:list{name}{more}>{''.join(items)}</text:list>"


def item(text: str, below: str = "", more: str = "") -> str:
    return f"<text:list-item{more}><text:p>{text}</text:p>{below}</text:list-item>"


def level(number: int, kind: str, more: str = "") -> str:
    return f'<text:list-level-style-number text:level="{number}" style:num-format="{kind}" {more}/>'


def numbered(name: str, *levels: str) -> str:
    return f'<text:list-style style:name="{name}">{"".join(levels)}</text:list-style>'


def test_items_have_the_numbers_that_their_styles_give_them() -> None:
    styles = numbered(
        "L1", level(1, "1", 'style:num-suffix="."'), level(2, "a", 'style:num-prefix="(" style:num-suffix=")"')
    )
    styles += numbered("L2", level(1, "I", 'text:start-value="4"'), level(2, "1", 'text:display-levels="2"'))
    styles += numbered("L3", level(1, "一, 二, 三, ...", 'style:num-suffix="、"'))
    styles += numbered("L4", '<text:list-level-style-bullet text:level="1" text:bullet-char="☑"/>')
    tea = item("tea", listed("", item("milk"), item("sugar")))
    body = (
        listed("L1", tea, item("rum<text:line-break/>or ale"), more=' xml:id="a"')
        + listed("L3", item("bread", "<text:p>and salt</text:p>"))
        + listed("L1", item("water"), item("ink", more=' text:start-value="9"'), more=' text:continue-list="a"')
        + listed("L2", item("Bonn", listed("", item("Ulm"))))
        + listed("L4", item("signed"))
        + listed("L1", item("anew"))
    )
    assert text_of(body, styles=styles).split("\n\n") == [
        "1. tea\n  (a) milk\n  (b) sugar\n2. rum\nor ale",
        "一、 bread\n  and salt",
        "3. water\n9. ink",
        "IV Bonn\n  IV.1 Ulm",
        "- ☑ signed",
        "1. anew",
    ]


def test_headings_have_the_numbers_of_the_outline_or_of_the_list_they_stand_in() -> None:
    outline = '<text:outline-level-style text:level="{}" style:num-format="{}" style:num-suffix=")"/>'
    styles = f"<text:outline-style>{outline.format(1, '1')}{outline.format(2, '')}</text:outline-style>"
    styles += '<style:style style:name="P9" style:list-style-name=""/>' + numbered("L1", level(1, "A"))
    heading = '<text:h text:outline-level="{}" {}>{}</text:h>'
    body = (
        heading.format(1, "", "Drinks")
        + heading.format(2, "", "Tea")
        + heading.format(1, 'text:style-name="P9"', "Rest")
        + listed("L1", f"<text:list-item>{heading.format(1, '', 'Towns')}</text:list-item>")
        + heading.format(1, "", "End")
    )
    assert text_of(body, styles=styles) == "# 1) Drinks\n\n## Tea\n\n# Rest\n\n# A Towns\n\n# 2) End"


def test_a_merged_cell_stands_in_each_row_it_spans() -> None:
    body = (
        "<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>Partner</text:p>"
        "</table:table-cell><table:table-cell><text:p>Matter</text:p></table:table-cell></table:table-row>"
        "</table:table-header-rows>"
        '<table:table-row><table:table-cell table:number-rows-spanned="3"><text:p>Ulm</text:p>'
        "</table:table-cell><table:table-cell><text:p>Staff</text:p><text:p>and pupils</text:p></table:table-cell>"
        "</table:table-row><table:table-row><table:covered-table-cell/><table:table-cell><text:list><text:list-item>"
        "<text:p>Books</text:p></text:list-item></text:list></table:table-cell></table:table-row><table:table-row>"
        "<table:covered-table-cell/><table:table-cell><text:p>Boats</text:p></table:table-cell></table:table-row>"
        '<table:table-row><table:table-cell table:number-columns-repeated="2"/></table:table-row></table:table>'
    )
    assert text_of(body) == "| Partner | Matter |\n| Ulm | Staff and pupils |\n| Ulm | Books |\n| Ulm | Boats |"


def test_notes_comments_and_boxes_follow_the_paragraph_that_holds_them() -> None:
    body = (
        '<text:p>It was signed<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        "<text:note-body><text:p>On 2 June.</text:p></text:note-body></text:note> and sealed"
        "<office:annotation><dc:creator>Li Na</dc:creator><dc:date>2024-06-03</dc:date><text:p>By whom?</text:p>"
        "</office:annotation>.<draw:frame><draw:text-box><text:p>Boxed words.</text:p></draw:text-box></draw:frame>"
        "</text:p><text:p>The end.</text:p>"
    )
    assert text_of(body) == (
        "It was signed and sealed.\n\nOn 2 June.\n\nComment (Li Na): By whom?\n\nBoxed words.\n\nThe end."
    )


def test_a_note_within_a_table_is_read_once_and_after_it() -> None:
    body = (
        "<table:table><table:table-row><table:table-cell><text:p>Dean<text:note><text:note-citation>1"
        "</text:note-citation><text:note-body><text:p>Since May.</text:p></text:note-body></text:note></text:p>"
        "</table:table-cell></table:table-row></table:table>"
    )
    assert text_of(body) == "| Dean |\n\nSince May."


def test_deleted_and_hidden_text_is_left_out() -> None:
    automatic = (
        '<style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style>'
    )
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>never agreed</text:p></text:deletion>"
        '</text:changed-region></text:tracked-changes><text:p>They <text:change text:change-id="c"/>agreed'
        '<text:span text:style-name="T1"> in secret</text:span>.</text:p>'
        '<text:section text:display="none"><text:p>Hidden section.</text:p></text:section>'
    )
    assert text_of(body, automatic=automatic) == "They agreed."


def test_struck_out_text_is_left_out() -> None:
    struck = '<style:text-properties style:text-line-through-style="solid"/>'
    automatic = f'<style:style style:name="T1" style:family="text">{struck}</style:style>'
    body = '<text:p>The treaty was <text:span text:style-name="T1">signed and </text:span>put off.</text:p>'
    extracted = extract(odt(body, automatic=automatic), LIMITS)
    assert (extracted.text, extracted.notes) == ("The treaty was put off.", ("1 struck-out piece was not read",))


def lettered(name: str, properties: str, family: str = "text") -> str:
    letters = f"<style:text-properties {properties}/>"
    return f'<style:style style:name="{name}" style:family="{family}">{letters}</style:style>'


def test_hidden_pieces_are_told() -> None:
    body = (
        '<text:p>The pier<text:span text:style-name="T1"> leaks</text:span><text:span text:style-name="T1"/> stands.'
        '</text:p><text:section text:display="none"><text:p>Not yet.</text:p></text:section>'
    )
    extracted = extract(odt(body, automatic=lettered("T1", 'text:display="none"')), LIMITS)
    assert (extracted.text, extracted.notes) == ("The pier stands.", ("2 hidden pieces were not read",))


def test_letters_of_a_font_of_signs_are_the_signs_they_show() -> None:
    automatic = (
        '<style:font-face style:name="Wingdings7" svg:font-family="Wingdings"/>'
        """<style:font-face style:name="W2" svg:font-family="'Wingdings 2'"/>"""
        + lettered("T1", 'style:font-name="Wingdings7"')
        + lettered("T2", 'style:font-name="W2"')
        + lettered("T3", 'fo:font-family="Symbol"')
        + lettered("P1", 'style:font-name="W2"', "paragraph")
        + lettered("T4", 'fo:font-family="Arial"')
        + '<text:list-style style:name="L1"><text:list-level-style-bullet text:level="1" text:bullet-char="&#xf0a8;">'
        '<style:text-properties style:font-name="Wingdings7"/></text:list-level-style-bullet></text:list-style>'
    )
    span = '<text:span text:style-name="{}">{}</text:span>'
    body = (
        f"<text:p>Boat {span.format('T1', '&#xf0fe;')} barge {span.format('T2', '&#xf0a3;')}"
        f" {span.format('T3', 'a')}</text:p>"
        f'<text:p text:style-name="P1">R{span.format("T4", "Raft<text:span>s</text:span>")}R</text:p>'
        + listed("L1", item("oars"))
    )
    assert text_of(body, automatic=automatic) == "Boat ☑ barge ☐ α\n\n☑Rafts☑\n\n- ☐ oars"


def test_boxes_and_lists_of_forms_show_their_state_and_controls_are_told() -> None:
    def mark(kind: str, **said: str) -> str:
        params = "".join(
            f'<field:param field:name="{name[:-1]}" field:value="{value}"/>' for name, value in said.items()
        )
        return f'<field:fieldmark field:type="vnd.oasis.opendocument.field.FORM{kind}">{params}</field:fieldmark>'

    towns = {"Dropdown_ListEntry1": "Oslo", "Dropdown_ListEntry2": "Bern"}
    body = (
        f"<text:p>{mark('CHECKBOX', Checkbox_Checked1='true')} oars {mark('CHECKBOX')} sails, to "
        f"{mark('DROPDOWN', **towns, Dropdown_Selected1='1')}{mark('DROPDOWN', **towns)}.<draw:control/></text:p>"
    )
    extracted = extract(odt(body), LIMITS)
    assert (extracted.text, extracted.notes) == ("☒ oars ☐ sails, to Bern.", ("1 form control was not read",))


def test_raised_figures_are_raised_signs() -> None:
    automatic = lettered("T1", 'style:text-position="super 58%"') + lettered("T2", 'style:text-position="30.5% 100%"')
    automatic += lettered("T3", 'style:text-position="-33% 58%"') + lettered("T4", 'style:text-position="0% 100%"')
    shown = ("9 km", 0), ("2", 1), (", 10", 0), ("−4", 2), (" a", 0), ("1", 3), (" in ", 0), ("3", 4), ("rd", 1)
    body = "".join(f'<text:span text:style-name="T{style}">{text}</text:span>' for text, style in shown)
    assert text_of(f"<text:p>{body}</text:p>", automatic=automatic) == "9 km², 10⁻⁴ a1 in 3rd"


def test_page_headers_and_footers_are_read_once_and_page_counts_not_at_all() -> None:
    styles = (
        "<style:header><text:p>Office of Ties, No. 7</text:p></style:header>"
        "<style:header-first><text:p>Office of Ties, No. 7</text:p></style:header-first>"
        "<style:footer><text:p>12 Lake Street</text:p><text:p>page <text:page-number>3</text:page-number></text:p>"
        "</style:footer>"
    )
    assert text_of("<text:p>Text.</text:p>", styles=styles) == "Office of Ties, No. 7\n\nText.\n\n12 Lake Street"


def test_the_title_is_the_titled_paragraph_or_the_stated_one() -> None:
    automatic = '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
    meta = "<dc:title>Stated title</dc:title>"
    titled = extract(odt('<text:p text:style-name="P1">Shown title</text:p>', automatic=automatic, meta=meta), LIMITS)
    assert (titled.title, titled.text) == ("Shown title", "# Shown title")
    assert extract(odt("<text:p>Text.</text:p>", meta=meta), LIMITS).title == "Stated title"


def test_pictures_and_objects_are_told() -> None:
    image = '<draw:frame><draw:image xlink:href="Pictures/a.png"/><svg:title>alt</svg:title></draw:frame>'
    formula = '<draw:frame><draw:object/><draw:image xlink:href="O"/></draw:frame>'
    extracted = extract(odt(f"<text:p>Text{image}{formula}.</text:p>{image}"), LIMITS)
    assert extracted.text == "Text."
    assert extracted.notes == ("2 pictures were not read", "1 embedded object was not read")


def test_a_doctype_is_refused_but_in_the_manifest_which_is_not_parsed() -> None:
    assert extract(odt("<text:p>A.</text:p>", manifest="<!DOCTYPE manifest>"), LIMITS).text == "A."
    file = io.BytesIO(odt("<text:p>A.</text:p>"))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("settings.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a/>')
    with pytest.raises(ReportError, match="DOCTYPE"):
        extract(file.getvalue(), LIMITS)


def test_encrypted_empty_and_broken_texts_are_refused() -> None:
    with pytest.raises(ReportError, match="encrypted"):
        extract(odt("<text:p>A.</text:p>", manifest="<!-- manifest:encryption-data -->"), LIMITS)
    with pytest.raises(ReportError, match="without text"):
        extract(odt("<text:p/>"), LIMITS)
    with pytest.raises(ReportError, match="damaged"):
        extract(odt("<text:p>"), LIMITS)


def test_a_cell_merged_both_ways_stands_in_every_row_and_column_and_one_over_all_once() -> None:
    def cell(text: str, *spans: str) -> str:
        said = " ".join(f'table:number-{span}-spanned="2"' for span in spans)
        return f"<table:table-cell {said}><text:p>{text}</text:p></table:table-cell>"

    hidden = "<table:covered-table-cell/>"
    rows = [
        cell("Terms").replace("<table:table-cell", '<table:table-cell table:number-columns-spanned="3"')
        + '<table:covered-table-cell table:number-columns-repeated="2"/>',
        cell("both", "rows", "columns") + hidden + cell("one"),
        hidden * 2 + cell("two"),
        cell("left") + cell("wide", "columns") + hidden,
    ]
    body = "<table:table>" + "".join(f"<table:table-row>{row}</table:table-row>" for row in rows) + "</table:table>"
    assert text_of(body) == ("| Terms |  |  |\n| both | both | one |\n| both | both | two |\n| left | wide | wide |")


def test_a_described_picture_is_told() -> None:
    image = '<draw:frame><draw:image xlink:href="a.png"/><svg:desc>{}</svg:desc></draw:frame>'
    described = image.format("Dean Ilse Brandt signs the charter")
    unread = ("1 picture was not read", "1 picture description was not read")
    assert extract(odt(f"<text:p>Text.{described}</text:p>"), LIMITS).notes == unread
    assert extract(odt(f"<text:p>Text.{image.format('a.png')}</text:p>"), LIMITS).notes == unread[:1]
