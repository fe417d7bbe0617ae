"""The gate of the page on a real server: what is open, what is not, and whose names the page answers to."""

import contextlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Request
from starlette.routing import BaseRoute, Mount, Route

from corpus import UsageError
from tests.serving import served
from ui.web.access.identity import People, people_at, visitor_of
from ui.web.access.users import UsersFile

PASSWORD = "a long enough one"


@contextlib.contextmanager
def greeting_page(people: People, data: Path, **settings: Any) -> Iterator[tuple[str, FastAPI]]:
    """Serve a page of one event that greets who asks; gives its address and its application."""
    import gradio as gr

    from ui.web.server import page_app

    def greet(request: gr.Request) -> str:
        visitor = visitor_of(request)
        return f"Hello {visitor.name if visitor else None}, {request.username}"

    def add_routes(app: FastAPI) -> None:
        @app.get("/download/{name}")
        def download(name: str, request: Request) -> dict[str, str]:
            visitor = visitor_of(request)
            return {"name": name, "visitor": visitor.name if visitor else "", "role": visitor.role if visitor else ""}

    with gr.Blocks(analytics_enabled=False) as blocks:
        greeting = gr.HTML("")
        blocks.load(greet, None, greeting, api_visibility="private")
    app = page_app(blocks, data=data, people=people, add_routes=add_routes, **settings)
    with served(app) as address:
        yield address.removesuffix("/"), app


@pytest.fixture
def serve() -> Iterator[Callable[..., tuple[str, FastAPI]]]:
    with contextlib.ExitStack() as stack:
        yield lambda people, data, **settings: stack.enter_context(greeting_page(people, data, **settings))


@pytest.fixture
def users(tmp_path: Path) -> UsersFile:
    made = UsersFile(tmp_path / "users.toml")
    made.add("Anna", "keeper", PASSWORD)
    return made


def every_route(routes: list[BaseRoute], before: str = "") -> Iterator[tuple[str, str]]:
    """Each method and path that an application answers to, {parameters} filled."""
    for route in routes:
        if isinstance(route, Mount):
            yield from every_route(list(route.routes), before + route.path)
        elif isinstance(route, Route):
            path = re.sub(r"\{[^}]*\}", "x", before + route.path)
            yield from ((method, path) for method in route.methods or ())
        elif isinstance(getattr(route, "original_router", None), object) and hasattr(route, "original_router"):
            yield from every_route(list(route.original_router.routes), before)


def test_nothing_but_the_sign_in_page_answers_without_a_session(
    serve: Callable[..., tuple[str, FastAPI]], users: UsersFile, tmp_path: Path
) -> None:
    address, app = serve(People.by_password(users), tmp_path)
    asked = sorted(set(every_route(list(app.routes))))
    paths = {path for _, path in asked}
    assert {"/", "/config", "/download/x", "/gradio_api/queue/join", "/gradio_api/upload"} <= paths
    open_paths = {("GET", "/sign-in"), ("HEAD", "/sign-in"), ("POST", "/sign-in"), ("POST", "/sign-out")}
    open_paths |= {("GET", "/sign-in.css"), ("HEAD", "/sign-in.css")}
    with httpx.Client(base_url=address) as client:
        for method, path in asked:
            status = client.request(method, path).status_code
            if (method, path) not in open_paths:
                assert status == (303 if path == "/" and method in ("GET", "HEAD") else 401), (method, path)
        for path in ("/./config", "/sign-in/../config", "/sign-in/", "/assets/index.js", "/%2e%2e/config", "/ "):
            assert client.get(path).status_code == 401, path


def test_the_page_and_our_own_addresses_know_the_same_person(
    serve: Callable[..., tuple[str, FastAPI]], users: UsersFile, tmp_path: Path
) -> None:
    address, app = serve(people := People.by_password(users), tmp_path)
    assert app.state.people is people
    with httpx.Client(base_url=address) as client:
        client.post("/sign-in", data={"name": "anna", "password": PASSWORD})
        page = client.get("/")
        assert page.status_code == 200 and page.headers["cache-control"] == "no-store"
        assert '"username":"Anna"' in page.text
        assert client.get("/download/x").json() == {"name": "x", "visitor": "Anna", "role": "keeper"}
        joined = {"data": [], "fn_index": 0, "session_hash": "s", "event_data": None, "trigger_id": None}
        assert client.post("/gradio_api/queue/join", json=joined).status_code == 200
        with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": "s"}) as told:
            assert any("Hello Anna, Anna" in line for line in told.iter_lines())


def test_without_sign_in_everybody_is_local(serve: Callable[..., tuple[str, FastAPI]], tmp_path: Path) -> None:
    address, app = serve(People.off(), tmp_path)
    assert app.state.people.is_off
    assert httpx.get(f"{address}/").status_code == 200
    assert httpx.get(f"{address}/download/x").json()["visitor"] == "local"
    assert httpx.get(f"{address}/sign-in").status_code == 404


FOREIGN = ({"origin": "https://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"},
           {"sec-fetch-site": "same-site"})  # fmt: skip


def test_what_another_site_sends_is_refused(
    serve: Callable[..., tuple[str, FastAPI]], users: UsersFile, tmp_path: Path
) -> None:
    for people in (People.off(), People.by_password(users)):
        address, _ = serve(people, tmp_path)
        with httpx.Client(base_url=address) as client:
            client.post("/sign-in", data={"name": "Anna", "password": PASSWORD})
            for headers in FOREIGN:
                for path in ("/gradio_api/queue/join", "/gradio_api/upload", "/sign-out", "/sign-in"):
                    assert client.post(path, headers=headers).status_code == 403
            for own in ({"origin": address}, {"origin": "null", "sec-fetch-site": "same-origin"}):
                assert client.post("/gradio_api/queue/join", headers=own).status_code == 422
            assert client.get("/download/x").status_code == 200


def test_the_page_answers_to_its_own_names_and_those_allowed(
    serve: Callable[..., tuple[str, FastAPI]], tmp_path: Path
) -> None:
    address, _ = serve(People.off(), tmp_path, allowed_hosts=("records.example",))
    for host, status in (("records.example", 200), ("localhost:1", 200), ("evil.example", 400)):
        assert httpx.get(f"{address}/", headers={"host": host}).status_code == status


def through(address: str, *names: str, header: str = "X-Forwarded-User") -> httpx.Response:
    return httpx.get(f"{address}/download/x", headers=[(header, name.encode()) for name in names])


def test_a_header_names_people_only_from_a_trusted_proxy(
    serve: Callable[..., tuple[str, FastAPI]], users: UsersFile, tmp_path: Path
) -> None:
    near = People.by_header("X-Forwarded-User", proxies=["127.0.0.0/8"], keepers=["Дина"], users=users)
    address, _ = serve(near, tmp_path)
    assert through(address, "Bo").json() == {"name": "x", "visitor": "Bo", "role": "reader"}
    assert through(address, "дина").json()["role"] == "keeper"
    assert through(address, "ANNA").json() == {"name": "x", "visitor": "Anna", "role": "keeper"}
    assert through(address).status_code == 401
    unknown = httpx.get(f"{address}/", headers={"sec-fetch-site": "cross-site"})
    assert unknown.status_code == 401 and "own sign-in" in unknown.text
    assert "Не удалось узнать" in httpx.get(f"{address}/?language=ru").text
    far, _ = serve(People.by_header("X-Forwarded-User", proxies=["192.0.2.7"]), tmp_path)
    forwarded = {"X-Forwarded-User": "Bo", "X-Forwarded-For": "192.0.2.7", "Forwarded": "for=192.0.2.7"}
    assert httpx.get(f"{far}/download/x", headers=forwarded).status_code == 401
    assert httpx.get(far, headers=forwarded).status_code == 401


def test_odd_names_in_the_header_are_nobody(serve: Callable[..., tuple[str, FastAPI]], tmp_path: Path) -> None:
    address, _ = serve(People.by_header("X-Forwarded-User", proxies=["127.0.0.1"]), tmp_path)
    assert through(address, "Bo Li").json()["visitor"] == "Bo Li"
    for names in (("",), ("local",), ("Bo", "Anna"), ("a\u200bb",), ("x" * 129,), ("a\u00a0b",)):
        assert through(address, *names).status_code == 401, names


def test_other_computers_are_let_in_only_with_sign_in(users: UsersFile, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"--users FILE.*--identity-header"):
        people_at("0.0.0.0", data=tmp_path / "empty")
    assert people_at("127.0.0.1", data=users.path.parent).is_off
    assert not people_at("127.0.0.1", data=tmp_path / "empty", users=users.path).is_off
    assert not people_at("0.0.0.0", data=users.path.parent).is_off
    assert not people_at("0.0.0.0", data=tmp_path, header="X-User", proxies=["::1"], keepers="a, b").is_off


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"users": Path("nowhere.toml")}, "rapporteur users add"),
        ({"header": "X-User"}, "--trusted-proxy"),
        ({"header": "X-User", "proxies": ["the proxy"]}, "no address of a proxy"),
        ({"proxies": ["127.0.0.1"]}, "--identity-header"),
        ({"keepers": "Anna"}, "--keepers"),
    ],
)
def test_options_that_lack_another_are_refused_with_the_cure(
    options: dict[str, Any], said: str, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=said):
        people_at("127.0.0.1", data=tmp_path, **options)
