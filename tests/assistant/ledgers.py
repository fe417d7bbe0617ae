"""Small invented records in three languages, the side whose records they are among them."""

from corpus.names import known_forms

ENGLISH = next(form for form in known_forms("tec") if form.startswith("UNESCO") and form.endswith("Centre"))
CHINESE = next(form for form in known_forms("tec") if form.startswith("教师"))
RUSSIAN = next(form for form in known_forms("tec") if form.startswith("Центр подготовки"))

RECORDS = {
    "a.md": ("2021-05-04", f"{ENGLISH} visited Norwick University. The two sides signed a memorandum."),
    "b.md": ("2022-06-10", f"Norwick University visited {ENGLISH}. Norwick University would like to sign an agreement "
             f"with {ENGLISH}."),
    "c.md": ("2023-01-20", f"{ENGLISH} received Penmoor Academy. They discussed an agreement."),
    "d.md": ("", f"{ENGLISH} visited Norwick University."),
    "e.md": ("2023-03-02", f"{CHINESE}与云岭大学签署了备忘录。"),
    "f.md": ("2024-02-01", f"{RUSSIAN} принял Заречный университет. {RUSSIAN} и Заречный университет подписали "
             "соглашение."),
    "g.md": ("2020-01-01", "A choir sang in the hall. The guests thanked it."),
}  # fmt: skip
"""Date and text of each record, by its file."""
