"""Every door of the served site with values that it does not expect: the 4xx of that door, never an error of ours."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from drf_spectacular.generators import SchemaGenerator
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from accounts import services as accounts
from accounts.models import Scope
from listings import services as listings
from listings.models import Listing
from marketplace.core.outbox.models import OutboxEntry
from notices import services as notices
from social import services as social
from tests import make
from tests.doors import nasty
from tests.doors.addresses import Filler, places, templates
from tests.doors.caller import Caller, encoded, form_values
from tests.notices.making import news
from tests.social.watchers import session_of

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
METHODS = ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD")
WHO = ["visitor", "shopper", "seller", "staff", "token"]
ENDS_THE_SESSION = ("logout", "settings/close", "account/password", "account/email")
# What others try already: the API is the same for every session, the back offices for everybody who may not enter.
LEFT_TO_OTHERS = {
    "shopper": ("/staff/", "/closet-admin/"),
    "seller": ("/api/",),
    "staff": ("/api/", "/closet-admin/", "/account/", "/settings/", "/sell/"),
}


@pytest.fixture
def shop():
    """A small shop: two closets, a draft without photos, a talk, likes, tokens."""
    people = {
        "shopper": make.verified_user("alma"),
        "seller": make.verified_user("vera"),
        "staff": make.staff("boss"),
    }
    one = make.listing(people["seller"], brand="Tante Erna", sizes=[{"size": "M", "quantity": 2}])
    bare = listings.create_draft(seller=people["seller"], title="Bare")
    said = make.comment(one, people["shopper"])
    social.like_listing(user=people["shopper"], listing_id=one.pk)
    told = news(people["shopper"], people["seller"])
    notices.notify([told])
    token, secret = accounts.make_token(user=people["seller"], name="a", scopes=list(Scope.values))
    good = {
        "pk": str(one.pk),
        "object_id": str(one.pk),
        "username": "vera",
        "slug": make.LEAF,
        "name": "x.jpg",
        "comments/% pk": str(said.pk),
        "tokens/% pk": str(token.pk),
        "closet-admin/accounts/ object_id": str(people["seller"].pk),
        "accounts/user/ object_id": str(people["shopper"].pk),
        "core/outboxentry/ object_id": str(OutboxEntry.objects.first().pk),
        "key": one.photo_keys[0],
        "token": notices.mail_token(person_id=people["seller"].pk, kind="like"),
        "news/% pk": str(told.notice_id),
    }
    return {
        "people": people,
        "good": Filler(good),
        "one": Listing.objects.get(pk=one.pk),
        "bare": bare,
        "token": secret,
    }


@pytest.fixture
def caller(unlimited, shop, request) -> Iterator[Caller]:
    """The person named by the test's parameter."""
    who = request.param
    if who == "token":
        made = Caller(unlimited, token=shop["token"])
    else:
        made = Caller(unlimited, session=session_of(shop["people"][who]) if who in shop["people"] else "")
    yield made
    made.close()


def known_cases(shop) -> list[tuple[str, str, str, bytes]]:
    """What once was an error of ours."""
    bare, one = f"/sell/{shop['bare'].pk}", f"/api/v1/listings/{shop['one'].pk}"
    photos = encoded(
        [("photos-key", shop["one"].photo_keys[0]), ("photos-place", "\u00b2"), ("title", "Dress")]
    ).encode()
    (Path(settings.MEDIA_ROOT) / "d7").mkdir(parents=True, exist_ok=True)  # as renditions make it
    return [
        ("GET", "/media/d7", "", b""),
        ("GET", "/media/%00", "", b""),
        ("GET", "/media/" + "x" * 3000, "", b""),
        ("GET", "/closet-admin/r/zz/zz/", "", b""),
        ("POST", f"{bare}/photos/order/", FORM, b"do=up:x"),
        ("POST", f"{bare}/", FORM, b"do=up:x"),
        ("POST", f"/closet-admin/listings/listing/{shop['one'].pk}/change/", FORM, photos),
        ("GET", f"/staff/listings/listing/{shop['one'].pk}/delete/?_to_field=", "", b""),
        ("OPTIONS", "/api/v1/docs/", "", b""),
        ("POST", f"{one}/comments/", "application/json", nasty.DEEP),
        ("POST", f"{one}/comments/", "application/json", b'{"body": "\\ud800"}'),
        ("PATCH", "/api/v1/me/", "application/json", b'{"about": "\\udfff"}'),
        ("POST", f"/listings/{shop['one'].pk}/comments/", FORM, b"body=%ED%A0%80"),
        ("POST", f"{bare}/", FORM, b"price=1e9999999&currency=USD"),
        ("POST", f"{bare}/", FORM, b"size=M&quantity=" + b"9" * 5000),
        ("POST", f"{bare}/", FORM, b"flaw_kind=stain&flaw_photo=" + b"9" * 5000),
        ("POST", f"/sell/{shop['one'].pk}/", FORM, b"size=M&quantity=7&shown=m:-99999999999999999999:1"),
        ("GET", "/sell/earning/?price=1e9999999&currency=USD", "", b""),
        ("GET", "/ws/zz/", "", b""),
        ("GET", "/listings/?cursor=%ED%A0%80", "", b""),
    ]


@pytest.mark.parametrize(
    "caller, left", [(who, LEFT_TO_OTHERS.get(who, ())) for who in WHO], ids=WHO, indirect=["caller"]
)
def test_nothing_that_is_sent_is_an_error_of_the_server(caller, left, shop):
    dice = random.Random(6)
    fields = json_fields()

    for method, path, kind, body in known_cases(shop):
        caller.send(method, path, kind, body)
    caller.send("GET", "/account/email/", Accept="application/json")
    caller.send("POST", "/account/inactive/", "multipart/form-data; boundary=" + "x" * 300, b"x", Host="[zz")
    for template in sorted(
        templates(), key=lambda template: any(word in template for word in ENDS_THE_SESSION)
    ):
        if template.startswith(left) or (caller.token and not template.startswith("/api/")):
            continue
        nasty_addresses(caller, shop["good"], template, dice)
        nasty_bodies(caller, shop["good"].good(template), dice)
        if template.startswith("/api/"):
            nasty_json(caller, shop["good"], template, fields, dice)
        else:
            nasty_forms(caller, shop["good"].good(template), dice)
    for kind, body in nasty.LARGE:
        caller.send("POST", f"/api/v1/listings/{shop['one'].pk}/comments/", kind, body)
        caller.send("POST", f"/listings/{shop['one'].pk}/comments/", kind, body)

    assert caller.problems == []
    assert caller.statuses[200] > 15 and sum(caller.statuses.values()) > 300, caller.statuses


def nasty_addresses(caller: Caller, good: Filler, template: str, dice: random.Random) -> None:
    for place in places(template):
        for bad in dice.sample(nasty.PATHS, 3):
            caller.send("GET", good.good(template, **{place: bad}))
        caller.send(dice.choice(METHODS), good.good(template, **{place: dice.choice(nasty.PATHS)}))
    for _ in range(2):
        names = dice.sample(nasty.QUERY_NAMES, 4)
        query = encoded([(name, dice.choice(nasty.TEXTS)) for name in names])
        caller.send("GET", f"{good.good(template)}?{query}")
    caller.send("GET", good.good(template), **dice.choice(nasty.HEADERS))


def nasty_bodies(caller: Caller, path: str, dice: random.Random) -> None:
    for method in METHODS if path.startswith("/api/") else dice.sample(METHODS, 2):
        caller.send(method, path, *dice.choice(nasty.BODIES), **dice.choice([{}, *nasty.HEADERS]))


def nasty_forms(caller: Caller, path: str, dice: random.Random) -> None:
    """What the page's own fields hold, a few of them replaced."""
    page = caller.send("GET", path)
    if page is None or page.status != 200 or "html" not in page.kind:
        return
    values = form_values(page.body)
    for _ in range(min(4, len(values))):
        bad = {dice.randrange(len(values)) for _ in range(dice.choice((1, 1, 3)))}
        sent = [
            (name, dice.choice(nasty.TEXTS) if n in bad else value) for n, (name, value) in enumerate(values)
        ]
        caller.send("POST", path, FORM, encoded(sent).encode())


def nasty_json(
    caller: Caller, good: Filler, template: str, fields: dict[str, list[str]], dice: random.Random
) -> None:
    """Each field of the schema with values of another shape."""
    for key, names in fields.items():
        method, _, path = key.partition(" ")
        if path == template:
            for name in names:
                for value in dice.sample(nasty.JSONS, 3):
                    body = json.dumps({name: value}).encode()
                    caller.send(method, good.good(template), "application/json", body)


def json_fields() -> dict[str, list[str]]:
    """`POST /api/v1/listings/` -> the names of its fields, from the schema."""
    schema = SchemaGenerator().get_schema(request=None, public=True)
    found = {}
    for path, item in schema["paths"].items():
        for method, operation in item.items():
            content = (
                operation.get("requestBody", {})
                .get("content", {})
                .get("application/json", {})
                .get("schema", {})
            )
            component = schema["components"]["schemas"].get(content.get("$ref", "").rpartition("/")[2], {})
            key = f"{method.upper()} {path.replace('{id}', '{pk}').replace('{', '%(').replace('}', ')s')}"
            found[key] = list(component.get("properties", {}))
    return found


@pytest.mark.parametrize(
    "path", ["/ws/zz/", "/ws/listings/zz/", "/ws/%ED%A0%80", "/ws/listings/%00/", "/ws/" + "x" * 3000]
)
def test_where_no_socket_is_the_answer_is_404(unlimited, shop, path):
    with pytest.raises(InvalidStatus) as refused:
        connect(unlimited.replace("http", "ws") + path, origin=unlimited).close()

    assert refused.value.response.status_code == 404


@pytest.mark.parametrize("who", ["visitor", "shopper"])
def test_no_frame_is_an_error_of_the_server(site, unlimited, shop, who):
    headers = {"Cookie": f"sessionid={session_of(shop['people'][who])}"} if who in shop["people"] else {}
    url = f"{unlimited.replace('http', 'ws')}/ws/listings/{shop['one'].pk}/"
    before = site.log("unlimited").count("Traceback")

    for frame in nasty.FRAMES:
        with connect(url, origin=unlimited, additional_headers=headers, compression=None) as socket:
            socket.send(frame)
            try:
                socket.send('{"type": "hello"}')
                while json.loads(socket.recv(timeout=5))["type"] != "caught_up":
                    pass
            except ConnectionClosed as closed:
                assert closed.rcvd and closed.rcvd.code in {1007, 1009, 4009}, (frame[:80], closed)
    assert site.log("unlimited").count("Traceback") == before
