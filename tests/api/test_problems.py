"""Whatever goes wrong under /api/ is a problem document, and nothing that is sent there is an error of ours."""

import json

import pytest
from django.test import Client
from drf_spectacular.generators import SchemaGenerator

from marketplace.core.problems import problem_types
from tests import make
from tests.api.clients import with_token

pytestmark = pytest.mark.django_db
DEEP = "[" * 2000 + "]" * 2000


def problem(answer, status):
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
    body = json.loads(answer.content)
    assert body["status"] == status
    assert body["code"] and body["detail"]
    return body


@pytest.mark.parametrize(
    "path", ["", "v1/", "v1/nothing/", "v1/listings/zz/", "v2/listings/", "v1/me/tokens/\u00b2/"]
)
def test_an_unknown_path_is_a_problem_document(path):
    problem(Client(raise_request_exception=False).get(f"/api/{path}"), 404)


@pytest.mark.parametrize("path, status", [("nothing/", 404), ("listings/?x=1", 422), ("me/", 401)])
def test_the_type_of_a_problem_is_an_address_that_explains_its_code(path, status):
    page, _, code = problem(Client().get(f"/api/v1/{path}"), status)["type"].partition("#")

    assert f'<tr id="{code}">' in Client().get(page).content.decode()


def test_every_refusal_of_every_app_is_explained_and_in_the_schema():
    codes = {problem.code for problem in problem_types()}
    schema = SchemaGenerator().get_schema(request=None, public=True)["components"]["schemas"]["Problem"]

    assert codes >= {"invalid", "stock_moved", "thread_locked", "password_needed", "too_large", "parse_error"}
    assert set(schema["properties"]["code"]["enum"]) == codes


def test_a_path_outside_the_api_is_a_page():
    assert "html" in Client().get("/no/such/page/").headers["Content-Type"]


@pytest.mark.parametrize(
    "body",
    [
        "{",
        DEEP,
        '{"body": ' + DEEP + "}",
        '{"body": "\\ud800"}',
        '{"\\udfff": 1}',
        '{"body": NaN}',
        b"\xff\xfe{",
    ],
)
def test_json_that_cannot_be_read_is_the_callers_error(body):
    listing, ada = make.listing(), make.verified_user()
    program = with_token(ada, "read", "social:write", "profile:write")
    program.raise_request_exception = False

    for method, path in (("post", f"listings/{listing.pk}/comments/"), ("patch", "me/")):
        send = program.generic
        problem(send(method.upper(), f"/api/v1/{path}", body, content_type="application/json"), 400)


def test_a_method_a_type_and_a_size_that_do_not_fit_are_problem_documents(settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    program = with_token(make.verified_user(), "read", "profile:write")
    program.raise_request_exception = False

    problem(program.post("/api/v1/me/", {}), 405)
    problem(program.generic("PATCH", "/api/v1/me/", "<a/>", content_type="text/xml"), 415)
    large = json.dumps({"about": "x" * 200})
    assert problem(program.generic("PATCH", "/api/v1/me/", large, content_type="application/json"), 413)


def test_a_host_that_is_not_ours_is_a_problem_document():
    problem(
        Client(raise_request_exception=False).get("/api/v1/categories/", headers={"host": "evil.example"}),
        400,
    )


def test_a_long_request_key_is_refused_by_the_api():
    listing = make.listing()
    program = with_token(make.verified_user(), "read", "social:write")

    answer = program.post(f"/api/v1/listings/{listing.pk}/comments/", {"body": "Hi", "request_key": "k" * 61})

    assert problem(answer, 422)["fields"][0]["field"] == "request_key"
