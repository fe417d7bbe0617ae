import stat
from pathlib import Path

import pytest

from corpus import UsageError
from ui.web.access.users import UsersFile, is_name, is_password

PASSWORD = "a long enough one"


@pytest.fixture
def users(tmp_path: Path) -> UsersFile:
    return UsersFile(tmp_path / "users.toml")


def test_an_added_user_is_read_back_by_another_reader_of_the_file(users: UsersFile) -> None:
    users.add('Анна "A" Li\\', "keeper", PASSWORD)
    users.add("Bo", "reader", PASSWORD)
    read = UsersFile(users.path).users()
    assert [(user.name, user.role) for user in read] == [('Анна "A" Li\\', "keeper"), ("Bo", "reader")]
    assert is_password(PASSWORD, read[0]) and not is_password(PASSWORD + " ", read[0])


def test_the_file_holds_no_password_and_only_its_owner_may_read_it(users: UsersFile) -> None:
    users.add("Anna", "reader", PASSWORD)
    assert PASSWORD not in users.path.read_text(encoding="utf-8")
    assert "$argon2id$" in users.path.read_text(encoding="utf-8")
    assert stat.S_IMODE(users.path.stat().st_mode) == 0o600
    assert [path.name for path in users.path.parent.iterdir() if path.suffix not in (".toml", ".lock")] == []


def test_names_are_one_in_any_case_and_width(users: UsersFile) -> None:
    users.add("Anna", "reader", PASSWORD)
    found = users.find("ANNA")
    assert found is not None and found == users.find("ａｎｎａ")
    with pytest.raises(UsageError, match="already"):
        users.add("aNNA", "keeper", PASSWORD)


@pytest.mark.parametrize("name", ["", " Anna", "a\nb", "a\u200bb", "local", "LOCAL", "x" * 129, "\ud800"])
def test_what_could_be_mistaken_is_no_name(name: str, users: UsersFile) -> None:
    assert not is_name(name)
    with pytest.raises(UsageError, match="cannot be a name"):
        users.add(name, "reader", PASSWORD)
    assert not users.path.exists()


@pytest.mark.parametrize("password", ["", "123456789", "Anna Maria Li", "x" * 257])
def test_weak_passwords_are_refused_and_nothing_is_written(password: str, users: UsersFile) -> None:
    with pytest.raises(UsageError, match="password"):
        users.add("anna maria li", "reader", password)
    assert not users.path.exists()


def test_a_password_is_the_same_however_its_letters_are_composed(users: UsersFile) -> None:
    user = users.add("Anna", "reader", "cafe\u0301 au lait")
    assert is_password("caf\u00e9 au lait", user)


def test_nobody_has_a_password() -> None:
    assert not is_password(PASSWORD, None)


def test_changes_by_another_process_are_seen(users: UsersFile) -> None:
    users.add("Anna", "reader", PASSWORD)
    assert users.find("Bo") is None
    UsersFile(users.path).add("Bo", "reader", PASSWORD)
    assert users.find("Bo") is not None
    UsersFile(users.path).remove("Anna")
    assert users.find("Anna") is None


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ('[[user]]\nname = "Bo"\nrole = "reader"\n', "line 6: a user needs"),
        ('[[user]]\nname = "Bo"\nrole = "king"\npassword = "{hash}"\n', "line 6: the role of Bo"),
        ('[[user]]\nname = "anna"\nrole = "reader"\npassword = "{hash}"\n', "line 6: anna stands here a second time"),
        ('[[user]]\nname = "Bo"\nrole = "reader"\npassword = "secret"\n', "line 6: the password of Bo"),
        ('[[user]]\nname = "Bo\nrole = "reader"\n', "line 7"),
        ('[[user]]\nname = 7\nrole = "reader"\npassword = "x"\n', "line 6"),
        ("[other]\n", "other"),
        ("\x00", "line 6"),
        ('name = "\\xff"', "line 6"),
    ],
)
def test_a_malformed_file_is_refused_with_its_name_and_line(entry: str, fault: str, users: UsersFile) -> None:
    hash_ = users.add("Anna", "reader", PASSWORD).password
    whole = users.path.read_text(encoding="utf-8").replace("\n\n", "\n") + entry.replace("{hash}", hash_)
    users.path.write_bytes(whole.encode("utf-8").replace(b"\\xff", b"\xff"))
    with pytest.raises(UsageError, match=fault) as caught:
        users.users()
    assert str(users.path) in str(caught.value)
    with pytest.raises(UsageError):
        users.add("Cy", "reader", PASSWORD)
    assert users.path.read_text(encoding="utf-8", errors="replace").count("[[user]]") == whole.count("[[user]]")
