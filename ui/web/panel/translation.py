"""A quote in the language of the page, beside its original: offered, on its way, shown, or withheld with its reason."""

from assistant import Translation
from corpus import language_of
from ui.web.markup import Html, join, tag
from ui.wording import Words


def offered(place: str, quote: str, words: Words) -> Html:
    """The button that asks for a translation; nothing for a quote in the language of the page.

    Args:
        place: ``data-cite`` of the citation, as `ui.web.links.opening` gives it.
    """
    if language_of(quote) in ("", words.language):
        return Html()
    button = tag(
        "button",
        words.say("translate"),
        type="button",
        class_="panel-translate",
        data_do="translate",
        data_place=place,
        data_words=quote,
    )
    return tag("p", button)


def working(words: Words) -> Html:
    """What is shown while the model writes."""
    return tag("p", words.say("translating"), class_="panel-translation", role="status")


def shown(translation: Translation, words: Words) -> Html:
    """The translation, called one of a model, or why it was withheld."""
    if not translation.text:
        reason = translation.proof.reason(words.language)
        return tag("p", words.say("translation_withheld", reason=reason), class_="panel-translation", role="status")
    heading = tag("h3", words.say("translation"))
    text = tag("blockquote", translation.text, lang=translation.language)
    note = tag("p", words.say("translation_unproved"), class_="hint-line")
    return tag("section", join(heading, text, note), class_="panel-translation", role="status")
