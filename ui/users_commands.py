"""The commands over the file of people who may sign in to the page."""

import sys
from pathlib import Path
from typing import Annotated, cast

import typer

from corpus import UsageError
from ui.options import DATA, Data, Json
from ui.terminal import print_json
from ui.web.access.users import FILE_NAME, UsersFile

users_app = typer.Typer(help="Keep the list of people who may sign in to the page.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="A person's name, as typed when signing in.")]
File = Annotated[
    Path | None, typer.Option("--users", metavar="FILE", help=f"The list; by default {FILE_NAME} in the data folder.")
]
FromStdin = Annotated[bool, typer.Option("--stdin", help="Read the password as one line of the standard input.")]


def _opened(data: Path, file: Path | None) -> UsersFile:
    return UsersFile(file or data / FILE_NAME)


def _asked_password(from_stdin: bool) -> str:
    if not from_stdin:
        return cast(str, typer.prompt("Password", hide_input=True, confirmation_prompt="The same again"))
    try:
        return sys.stdin.readline().rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise UsageError("The password on the standard input is not UTF-8.") from error


@users_app.command()
def add(
    name: Name,
    *,
    keeper: Annotated[bool, typer.Option("--keeper", help="May add reports and regenerate the index.")] = False,
    stdin: FromStdin = False,
    data: Data = DATA,
    file: File = None,
) -> None:
    """Let somebody in; the password is asked twice."""
    user = _opened(data, file).add(name, "keeper" if keeper else "reader", _asked_password(stdin))
    typer.echo(f"{user.name} may sign in as {user.role}.")


@users_app.command("list")
def list_users(*, data: Data = DATA, file: File = None, as_json: Json = False) -> None:
    """Name everybody with their role."""
    opened = _opened(data, file)
    users = opened.users()
    for user in users:
        facts = {"name": user.name, "role": user.role}
        print_json(facts) if as_json else typer.echo(f"{user.role}\t{user.name}")
    if not users and not as_json:
        typer.echo(f"Nobody is in {opened.path} yet; add the first with: rapporteur users add NAME --keeper")


@users_app.command()
def remove(name: Name, *, data: Data = DATA, file: File = None) -> None:
    """Let somebody in no longer; their sessions end at once."""
    user = _opened(data, file).remove(name)
    typer.echo(f"{user.name} may no longer sign in.")


@users_app.command()
def password(name: Name, *, stdin: FromStdin = False, data: Data = DATA, file: File = None) -> None:
    """Give somebody another password; their sessions end at once."""
    opened = _opened(data, file)
    user = opened.change_password(name, _asked_password(stdin))
    typer.echo(f"{user.name} has a new password.")
