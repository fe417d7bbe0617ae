"""The language model as keepers see it: which one answers, the form that chooses another, and a test."""

from assistant import TASKS, ChosenModel, LanguageModelConfig
from ui.model_trial import Trial
from ui.web.keep import parts
from ui.web.markup import Html, join, tag
from ui.wording import Words

KINDS: tuple[str, ...] = ("none", "local", "llama-cpp", "ollama", "openai-like")
"""In the order of the form."""


def model_view(chosen: ChosenModel, tried: Trial | None, words: Words, *, has_local: bool) -> Html:
    """Return the view of the language model.

    Its deeds: ``model`` (a form: llm, address, model, key) and ``model_test``.

    Args:
        tried: The last test since the page was started; None for none.
        has_local: Whether the local model is installed.
    """
    config = chosen.config
    named = " ".join(filter(None, (config.model, "" if config.llm == "none" else config.place)))
    now = words.say("model_now", kind=_kind(config.llm, words), named=named).rstrip(" ·")
    test = parts.button(words.say("model_test"), "model_test") if config.llm != "none" else Html()
    return parts.view(
        "keep/model",
        words.say("model_title"),
        words,
        tag("p", words.say("model_text"), class_="keep-text"),
        tag("p", tag("strong", now)),
        _tasks(config, words),
        tag("p", test, class_="keep-deeds"),
        _said(tried, words) if tried else Html(),
        tag("p", words.say("model_fixed"), class_="keep-soft") if chosen.is_fixed else _form(chosen, words, has_local),
    )


def _tasks(config: LanguageModelConfig, words: Words) -> Html:
    """What it is asked for."""
    told = ", ".join(words.say(f"task_{task.replace('-', '_')}") for task in TASKS if config.does(task))
    return tag("p", words.say("model_does", tasks=told)) if told else Html()


def _kind(kind: str, words: Words) -> str:
    return words.say(f"model_{kind.replace('-', '_')}")


def _said(tried: Trial, words: Words) -> Html:
    told = words.say("model_tried", first=f"{tried.first:.1f}", whole=f"{tried.whole:.1f}")
    return tag("blockquote", tag("p", tried.text or words.say("model_silent")), tag("p", told, class_="keep-soft"))


def _form(chosen: ChosenModel, words: Words, has_local: bool) -> Html:
    config = chosen.config
    options = (tag("option", _kind(kind, words), value=kind, selected=kind == config.llm) for kind in KINDS)
    fields = (
        ("llm", tag("select", *options, name="llm")),
        ("address", _box("address", config.address, words.say("model_address_hint"))),
        ("model", _box("model", config.model, "")),
        ("key", tag("input", type="password", name="key", autocomplete="off",
                    placeholder=words.say("model_key_kept") if chosen.key else None)),
    )  # fmt: skip
    return join(
        tag("h3", words.say("model_choose")),
        Html() if has_local else tag("p", words.say("model_no_local"), class_="keep-soft"),
        tag(
            "form",
            *(tag("label", words.say(f"model_field_{name}"), box) for name, box in fields),
            tag("p", words.say("model_key_text"), class_="keep-soft"),
            tag("button", words.say("model_save"), type="submit"),
            data_do="model",
            class_="keep-folder",
        ),
    )


def _box(name: str, value: str, hint: str) -> Html:
    more = {"placeholder": hint or None, "maxlength": 400, "autocomplete": "off"}
    return tag("input", type="text", name=name, value=value, **more)
