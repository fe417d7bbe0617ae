"""Examples at the end of the help of each command; each runs as it stands where the files that it names are there."""

from collections.abc import Mapping

import typer

EXAMPLES: Mapping[str, tuple[str, ...]] = {
    "index": ("rapporteur index corpus/reports", "rapporteur index --strict --json"),
    "init": ('rapporteur init "Teacher Education Centre" TEC 教师教育中心', "rapporteur init"),
    "doctor": ("rapporteur doctor",),
    "ask": (
        'rapporteur ask "Which partners wish to sign an MoU with TEC?"',
        'rapporteur ask "哪些代表团来访过？" --since 2023 --markdown',
        'rapporteur ask "Кто ректор?" --partner "Nazarbayev University" --json',
    ),
    "chat": ("rapporteur chat", "rapporteur chat --port 7861 --index-if-missing corpus/reports"),
    "dossier": (
        'rapporteur dossier "Nazarbayev University"',
        'rapporteur dossier "Nazarbayev University" --language zh --docx nu.docx',
    ),
    "recheck": ("rapporteur recheck nu.docx",),
    "summary": ("rapporteur summary 2023", "rapporteur summary 2023 --language ru --docx 2023.docx"),
    "ledger agreements": (
        "rapporteur ledger agreements --state signed",
        'rapporteur ledger agreements --partner "Nazarbayev University" --language zh',
    ),
    "ledger partners": ("rapporteur ledger partners", "rapporteur ledger partners --csv > partners.csv"),
    "ledger people": ('rapporteur ledger people --partner "Nazarbayev University"',),
    "ledger contacts": ("rapporteur ledger contacts --since 2023 --until 2024-06 --language ru",),
    "ledger themes": ("rapporteur ledger themes --json",),
    "ledger promises": ("rapporteur ledger promises --state open",),
    "ledger proposals": ("rapporteur ledger proposals",),
    "ledger merge": ("rapporteur ledger merge ICHEI UNESCO-ICHEI",),
    "ledger merges": ("rapporteur ledger merges",),
    "ledger unmerge": ("rapporteur ledger unmerge ICHEI UNESCO-ICHEI",),
    "ledger refuse": ('rapporteur ledger refuse "UNESCO Chair" "Cluster Office"',),
    "ledger correct": (
        "rapporteur ledger correct KEY --set state=agreed --by Anna",
        "rapporteur ledger correct KEY --strike",
    ),
    "ledger corrected": ("rapporteur ledger corrected",),
    "ledger unsay": ("rapporteur ledger unsay KEY",),
    "ledger add": (
        "rapporteur ledger add organization 032-nu-ichei-sustech-mou-2023.md --set subject=ICHEI "
        '"It was ICHEI\'s first visit to Central Asia."',
    ),
    "model install": (),
    "model test": (),
    "model remove": (),
    "save": ('rapporteur save "Which agreements were signed?"',),
    "saved": ("rapporteur saved",),
    "evaluate": ("rapporteur evaluate corpus/questions.jsonl --html report.html",),
    "prove": ("rapporteur prove pairs.jsonl", "rapporteur prove pairs.jsonl --json --language zh"),
    "replace": ("rapporteur replace 032-nu-ichei-sustech-mou-2023.md corrected.md",),
    "generations": ("rapporteur generations",),
    "rollback": ("rapporteur rollback GENERATION",),
    "forget": ("rapporteur forget --newer",),
    "users add": ("rapporteur users add Anna --keeper", "rapporteur users add Bo --stdin < password.txt"),
    "users list": ("rapporteur users list",),
    "users password": ("rapporteur users password Anna",),
    "users remove": ("rapporteur users remove Anna",),
    "completion": ("rapporteur completion bash >> ~/.bashrc", "rapporteur completion fish | source"),
}
"""By command, in an order in which all can be run one after the other."""


def add_examples(app: typer.Typer, group: str = "") -> None:
    """Give each command that has examples, and those of its groups, an end of its help."""
    for command in app.registered_commands:
        name = command.name or (command.callback.__name__ if command.callback else "")
        if lines := EXAMPLES.get(f"{group}{name}"):
            command.epilog = "\n\n".join(("Examples:", *lines))
    for inner in app.registered_groups:
        if inner.typer_instance:
            add_examples(inner.typer_instance, f"{group}{inner.name} ")
