"""What the schema says of every operation."""

import pytest
from django.core.management import call_command
from drf_spectacular.generators import SchemaGenerator

PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}


@pytest.fixture(scope="module")
def schema():
    return SchemaGenerator().get_schema(request=None, public=True)


def operations(schema):
    return [
        (method, path, operation)
        for path, item in schema["paths"].items()
        for method, operation in item.items()
    ]


def test_the_schema_is_valid_and_without_a_warning(tmp_path):
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(tmp_path / "schema.yaml"))


def test_every_operation_says_how_it_may_refuse(schema):
    for method, path, operation in operations(schema):
        wanted = {"400", "401", "403", "406", "422", "429", "503"}
        wanted |= {"404"} if "{" in path else set()
        wanted |= {"409", "413", "415"} if method != "get" else set()
        wanted |= {"412"} if (method, path) == ("patch", "/api/v1/listings/{id}/") else set()
        answers = operation["responses"]
        assert {code for code in answers if code >= "400"} == wanted, (method, path)
        for code in wanted:
            assert answers[code]["description"], (method, path, code)
            assert answers[code]["content"].items() >= PROBLEM.items(), (method, path, code)


def test_what_everybody_reads_says_so_and_nothing_else_does(schema):
    public = {path for method, path, operation in operations(schema) if {} in operation["security"]}

    assert all(
        method == "get" for method, _path, operation in operations(schema) if {} in operation["security"]
    )
    assert public == {
        "/api/v1/brands/", "/api/v1/categories/", "/api/v1/categories/{slug}/", "/api/v1/closets/{username}/",
        "/api/v1/closets/{username}/listings/", "/api/v1/comments/{id}/", "/api/v1/listings/",
        "/api/v1/listings/{id}/", "/api/v1/listings/{id}/comments/", "/api/v1/search/", "/api/v1/search/suggest/",
    }  # fmt: skip


def test_every_operation_names_the_scope_that_a_token_needs(schema):
    for method, path, operation in operations(schema):
        scopes = [scheme["accessToken"] for scheme in operation["security"] if "accessToken" in scheme]
        if path.startswith("/api/v1/me/tokens/"):
            assert scopes == [], path  # a token makes no tokens
        elif method == "get":
            assert scopes == [["read"]], path
        else:
            assert scopes in ([["listings:write"]], [["social:write"]], [["profile:write"]]), path


def test_every_parameter_has_an_example_and_bounds(schema):
    for method, path, operation in operations(schema):
        for parameter in operation.get("parameters", ()):
            about = (method, path, parameter["name"])
            kind = parameter["schema"]
            assert "enum" in kind or {"example", "examples"} & (parameter.keys() | kind.keys()), about
            if parameter["in"] != "header":
                assert {"enum", "pattern", "maxLength", "maximum", "maxItems"} & kind.keys(), about
            if kind.get("type") == "array":
                assert {"enum", "pattern"} & kind["items"].keys(), about


def test_bounds_are_those_of_the_rule_book(schema):
    parts = schema["components"]["schemas"]
    title = parts["ListingInputRequest"]["properties"]["title"]
    price = parts["ListingInputRequest"]["properties"]["price_cents"]

    assert title["maxLength"] == 80
    assert (price["minimum"], price["maximum"]) == (100, 100_000_000)
    assert parts["ListingInputRequest"]["additionalProperties"] is False
