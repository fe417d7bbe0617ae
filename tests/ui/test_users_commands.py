from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ui.cli import app
from ui.web.access.users import UsersFile, is_password

PASSWORD = "a long enough one"


def run(*arguments: str, data: Path, stdin: str = "") -> Result:
    return CliRunner().invoke(app, ["users", *arguments, "--data", str(data)], input=stdin)


def test_the_commands_add_list_change_and_remove(tmp_path: Path) -> None:
    assert "Nobody" in run("list", data=tmp_path).stdout
    assert run("add", "Anna", "--keeper", "--stdin", data=tmp_path, stdin=f"{PASSWORD}\n").exit_code == 0
    assert run("add", "Bo", data=tmp_path, stdin=f"{PASSWORD}\n{PASSWORD}\n").exit_code == 0
    assert run("list", data=tmp_path).stdout.splitlines() == ["keeper\tAnna", "reader\tBo"]
    assert '{"name": "Bo", "role": "reader"}' in run("list", "--json", data=tmp_path).stdout
    assert run("password", "Bo", "--stdin", data=tmp_path, stdin="another good one\n").exit_code == 0
    assert is_password("another good one", UsersFile(tmp_path / "users.toml").find("Bo"))
    assert run("remove", "anna", data=tmp_path).exit_code == 0
    assert run("list", data=tmp_path).stdout.splitlines() == ["reader\tBo"]


@pytest.mark.parametrize(
    ("arguments", "stdin", "said"),
    [
        (("add", "Anna", "--stdin"), "short\n", "too short"),
        (("add", "Anna", "--stdin"), "", "too short"),
        (("remove", "Zoe"), "", "There is no 'Zoe'"),
        (("password", "Zoe", "--stdin"), f"{PASSWORD}\n", "There is no 'Zoe'"),
    ],
)
def test_commands_that_cannot_be_done_exit_with_2_and_say_why(
    arguments: tuple[str, ...], stdin: str, said: str, tmp_path: Path
) -> None:
    done = run(*arguments, data=tmp_path, stdin=stdin)
    assert done.exit_code == 2
    assert said in done.stderr and PASSWORD not in done.stderr
