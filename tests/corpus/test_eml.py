from base64 import b64encode
from email.message import EmailMessage

import pytest

from corpus.errors import ReportError
from corpus.read.eml import attachments, extract
from corpus.read.limits import ReadLimits

LIMITS = ReadLimits()


def mail(text: str = "We met on Friday.\n", subject: str = "Visit to Brno") -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Jana Malá <jana@example.org>"
    made["To"] = "Ли Вэй <li@example.org>, bo@example.org"
    made["Date"] = "Mon, 06 May 2024 10:00:00 +0200"
    made["Subject"] = subject
    made["X-Mailer"] = "Unseen"
    if text:
        made.set_content(text)
    return made


HEADS = (
    "From: Jana Malá <jana@example.org>\n"
    "To: Ли Вэй <li@example.org>, bo@example.org\n"
    "Date: Mon, 06 May 2024 10:00:00 +0200"
)


def text_of(data: bytes) -> str:
    return extract(data, LIMITS).text


def test_the_subject_is_the_title_and_the_lines_of_the_letter_head_are_shown() -> None:
    extracted = extract(mail(subject="Встреча в Брно 布尔诺").as_bytes(), LIMITS)
    assert extracted.text == f"# Встреча в Брно 布尔诺\n\n{HEADS}\n\nWe met on Friday."
    assert (extracted.title, extracted.notes) == ("Встреча в Брно 布尔诺", ())


def test_of_two_forms_of_a_text_the_plain_one_is_read_unless_it_is_empty() -> None:
    made = mail("The plain words.\n\n> Quoted words.\n")
    made.add_alternative("<html><body><p>The <b>plain</b> rich words.</p></body></html>", subtype="html")
    assert text_of(made.as_bytes()).endswith("\n\nThe plain words.\n\n> Quoted words.")
    bare = mail(" \n")
    bare.add_alternative("<html><body><p>Rich words of the page.</p></body></html>", subtype="html")
    assert text_of(bare.as_bytes()).endswith("\n\nRich words of the page.")


def test_the_mail_not_the_page_in_it_says_the_charset() -> None:
    page = '<html><head><meta charset="gb2312"></head><body><p>Ректор принял делегацию в пятницу.</p></body></html>'
    made = mail("")
    made.set_content(page, subtype="html", charset="utf-8")
    assert text_of(made.as_bytes()).endswith("Ректор принял делегацию в пятницу.")


@pytest.mark.parametrize(("charset", "text"), [("koi8-r", "Ректор принял нас."), ("gb2312", "校长朱镕基接待了我们。")])
def test_a_text_is_read_in_its_charset(charset: str, text: str) -> None:
    heads = (
        f"Subject: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: 8bit"
    )
    encoding = "gbk" if charset == "gb2312" else charset
    assert text_of(f"{heads}\n\n".encode() + text.encode(encoding)) == f"# x\n\n{text}"


def test_heads_and_text_that_do_not_tell_their_charset_are_told_by_their_bytes() -> None:
    data = "Subject: 学校来访的安排\nFrom: a@b.example\n\n校长访问了我们的学校。\n".encode("gb18030")
    assert text_of(data) == "# 学校来访的安排\n\nFrom: a@b.example\n\n校长访问了我们的学校。"


def test_flowed_lines_are_joined_and_quotes_and_signatures_are_not() -> None:
    made = mail("")
    text = "The rector \r\nreceived us.\r\n> Was it \r\n> agreed?\r\nYes.\r\n-- \r\nJana\r\n"
    made.set_content(text)
    made.set_param("format", "flowed")
    assert text_of(made.as_bytes()).endswith("\n\nThe rector received us.\n> Was it agreed?\nYes.\n-- \nJana")


def test_attachments_of_known_kinds_are_files_of_their_own_and_others_are_told() -> None:
    made = mail()
    made.add_attachment(b"# Minutes\n", maintype="text", subtype="plain", filename="протокол.md")
    made.add_attachment(b"other", maintype="application", subtype="pdf", filename="C:\\docs\\plan.pdf")
    made.add_attachment(b"again", maintype="application", subtype="pdf", filename="plan.pdf")
    made.add_attachment(b"BEGIN", maintype="text", subtype="calendar", filename="invite.ics")
    made.add_attachment(b"GIF89a", maintype="image", subtype="gif", filename="logo.gif", cid="<logo>")
    made.add_attachment(mail("Inner words.\n", "Earlier"))
    data = made.as_bytes()
    found = dict(attachments(data))
    assert list(found) == ["протокол.md", "plan.pdf", "plan (2).pdf", "message.eml"]
    assert (found["протокол.md"], found["plan (2).pdf"]) == (b"# Minutes\n", b"again")
    assert text_of(found["message.eml"]).endswith("Inner words.")
    extracted = extract(data, LIMITS)
    assert "Minutes" not in extracted.text and "Inner" not in extracted.text
    assert extracted.notes == ("1 picture was not read", "attachment invite.ics was not read")


def test_text_between_attachments_is_read_too() -> None:
    made = mail("Before.\n")
    made.add_attachment(b"x", maintype="application", subtype="pdf", filename="a.pdf")
    after = EmailMessage()
    after.set_content("After.\n")
    made.attach(after)
    assert text_of(made.as_bytes()).endswith("\n\nBefore.\n\nAfter.")


def test_a_mail_of_nothing_is_refused() -> None:
    with pytest.raises(ReportError, match="without text"):
        extract(b"From: a@b.example\nMIME-Version: 1.0\n\n\n", LIMITS)


PAGE = "<html><body><p>{}</p></body></html>"


@pytest.mark.parametrize(
    ("plain", "rich"),
    [
        ("This message has a rich form only.\n", "Heron College and we agreed on 4 July 2024."),
        ("尊敬的校长：\n请用浏览器查看。\n", "代表团于七月访问苍鹭学院，双方签署备忘录，并商定交换学生。"),
    ],
)
def test_a_plain_form_that_lacks_most_of_the_html_form_gives_way_to_it(plain: str, rich: str) -> None:
    made = mail(plain)
    made.add_alternative(PAGE.format(rich), subtype="html")
    assert text_of(made.as_bytes()) == f"# Visit to Brno\n\n{HEADS}\n\n{rich}"


def test_a_line_that_only_the_html_form_holds_is_told() -> None:
    made = mail("The delegation of Heron College came at noon and left at four.\n")
    rich = PAGE.format("The delegation of Heron College came at noon and left at four.</p><p>Signed: Otto Reiher")
    made.add_alternative(rich, subtype="html")
    extracted = extract(made.as_bytes(), LIMITS)
    assert extracted.text.endswith("\n\nThe delegation of Heron College came at noon and left at four.")
    assert extracted.notes == ("1 HTML line was not read",)


def test_html_after_an_attachment_is_read_unless_it_says_the_same() -> None:
    made = mail("We met the dean of Heron College.\n")
    made.add_attachment(b"x", maintype="application", subtype="pdf", filename="a.pdf")
    for text in ("We met the dean of Heron College.", "Next week follows a call with Otto Reiher."):
        part = EmailMessage()
        part.set_content(PAGE.format(text), subtype="html")
        made.attach(part)
    end = "We met the dean of Heron College.\n\nNext week follows a call with Otto Reiher."
    assert text_of(made.as_bytes()) == f"# Visit to Brno\n\n{HEADS}\n\n{end}"


def test_raw_head_lines_are_in_the_charset_that_the_text_declares() -> None:
    heads = (
        "Subject: Отъезд\nFrom: Инна <i@x.example>\nTo: Юрий <u@x.example>\nContent-Type: text/plain; charset=KOI8-R"
    )
    extracted = extract(f"{heads}\n\nOnly English words.\n".encode("koi8-r"), LIMITS)
    shown = "# Отъезд\n\nFrom: Инна <i@x.example>\nTo: Юрий <u@x.example>\n\nOnly English words."
    assert (extracted.text, extracted.notes) == (shown, ())
    parts = heads.replace("text/plain; charset=KOI8-R", 'multipart/mixed; boundary="B"')
    part = "--B\nContent-Type: text/plain; charset=koi8-r\n\nOnly English words.\n--B--\n"
    assert text_of(f"{parts}\n\n{part}".encode("koi8-r")) == shown


@pytest.mark.parametrize("kind", ["", "Content-Type: text/plain; charset=us-ascii\n"])
def test_raw_head_lines_without_a_charset_are_told_together_and_the_guess_is_noted(kind: str) -> None:
    heads = f"{kind}Subject: Отъезд\nFrom: Инна <i@x.example>\nTo: Юрий <u@x.example>"
    extracted = extract(f"{heads}\n\nOnly English words.\n".encode("koi8-r"), LIMITS)
    assert extracted.text.startswith("# Отъезд\n\nFrom: Инна <i@x.example>\nTo: Юрий <u@x.example>\n\n")
    assert extracted.notes == ("its encoding was guessed as koi8-r",)


def test_a_text_that_does_not_tell_its_charset_tells_that_of_the_head_lines() -> None:
    text = "Subject: Ия\n\nВ апреле декан принял гостей и показал им новый корпус.\n"
    assert text_of(text.encode("koi8-r")).startswith("# Ия\n\nВ апреле")


@pytest.mark.parametrize("label", ["gb2312", "GBK"])
def test_what_is_labelled_as_old_chinese_is_read_as_the_new(label: str) -> None:
    word = b64encode("郄龑副校长".encode("gb18030")).decode()
    name = "".join(f"%{byte:02X}" for byte in "龑.md".encode("gb18030"))
    data = (
        f"Subject: =?{label}?B?{word}?=\nFrom: =?{label}?B?{word}?= <a@b.example>\nMIME-Version: 1.0\n"
        "Content-Type: multipart/mixed; boundary=B\n\n"
        f"--B\nContent-Type: text/plain; charset={label}\nContent-Transfer-Encoding: base64\n\n{word}\n"
        f"--B\nContent-Type: text/plain\nContent-Disposition: attachment; filename*={label}''{name}\n\nx\n--B--\n"
    ).encode()
    assert text_of(data) == "# 郄龑副校长\n\nFrom: 郄龑副校长 <a@b.example>\n\n郄龑副校长"
    assert [name for name, _ in attachments(data)] == ["龑.md"]


def test_a_damaged_html_form_does_not_cost_the_plain_one() -> None:
    made = mail("The plain words.\n")
    made.make_alternative()
    part = EmailMessage()
    part.set_content(bytes(range(256)), maintype="text", subtype="html", disposition="inline")
    made.attach(part)
    extracted = extract(made.as_bytes(), LIMITS)
    assert extracted.text.endswith("\n\nThe plain words.")
    assert extracted.notes == ("its part text/html is damaged and was not read",)


def test_nameless_parts_of_other_kinds_are_told() -> None:
    made = mail()
    made.add_attachment("BEGIN", subtype="calendar")
    made.add_attachment("Minutes of the day.")
    made.attach(nameless := EmailMessage())
    nameless.set_content("Read with the rest.")
    extracted = extract(made.as_bytes(), LIMITS)
    assert extracted.text.endswith("Read with the rest.") and "Minutes" not in extracted.text
    assert extracted.notes == ("its part text/calendar was not read", "its part text/plain was not read")
