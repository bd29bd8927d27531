"""The back offices on any size of shop: few queries, each by index, on every list, filter, search and form."""

import itertools

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from accounts.services import forget_old_sessions
from listings.models import Listing, Status
from marketplace.core.admin import closet_site, lists, staff_site
from tests import make
from tests.fixtures.queries import recording

MOST = {"list": 10, "form": 10, "dashboard": 10}
pytestmark = pytest.mark.django_db


@pytest.fixture
def seller(deliver):
    """Somebody with talked-about listings, drafts, sold ones, and a colleague's beside them."""
    seller = make.verified_user("ada", is_staff=True, is_superuser=True)
    for number in range(6):
        make.comment(make.listing(seller, title=f"Dress {number}", brand=f"Typed {number}", sku=f"S{number}"))
        make.listing(title=f"Theirs {number}")
    make.draft(seller)
    make.listing(seller, status=Status.SOLD)
    make.listing(seller, status=Status.REMOVED)
    deliver()
    return seller


def client_of(person):
    client = Client()
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    return client


def cost(client, url, kind):
    with recording() as commands:
        answer = client.get(url)
    assert answer.status_code == 200, url
    assert len(commands) <= MOST[kind], (url, len(commands), commands.names())
    assert commands.plans() == [], url
    return answer


def lists_of(site):
    """Each list of a site as it stands, with each value of each filter, and searched."""
    for model, model_admin in site._registry.items():
        if model._meta.app_label == "core":
            continue  # the outbox: its lists are those of tests/core
        name = f"{site.name}:{model._meta.app_label}_{model._meta.model_name}_changelist"
        yield name, {}
        for query in ("ada", "S1", "66f2c0a1b2c3d4e5f6a7b8c9") if model_admin.search_fields else ():
            yield name, {"q": query}
        for chosen in model_admin.list_filter:
            if isinstance(chosen, type) and issubclass(chosen, admin.SimpleListFilter):
                for value, _label in chosen(None, {}, model, model_admin).lookups(None, model_admin):
                    yield name, {chosen.parameter_name: value}
            else:
                field = model._meta.get_field(chosen)
                values = [value for value, _label in field.flatchoices] or [0, 1]
                yield from ((name, {f"{chosen}__exact": value}) for value in values)


@pytest.mark.parametrize("site", [closet_site, staff_site], ids=lambda site: site.name)
def test_every_list_filter_and_search_is_answered_by_an_index(site, seller):
    client = client_of(seller)
    client.get(reverse(f"{site.name}:index"))

    for name, query in lists_of(site):
        cost(client, reverse(name, query=query), "list")


@pytest.mark.parametrize("site", [closet_site, staff_site], ids=lambda site: site.name)
def test_lists_are_only_in_orders_that_an_index_has(site, seller):
    for model_admin in site._registry.values():
        assert model_admin.get_sortable_by(None) == (), model_admin


@pytest.mark.parametrize("site", ["closet_admin", "staff"])
def test_dashboard_and_forms_ask_little(site, seller):
    client = client_of(seller)
    listing = Listing.objects.from_seller(seller).available().first()

    page = cost(client, reverse(f"{site}:index"), "dashboard").content.decode()
    cost(client, reverse(f"{site}:listings_listing_change", args=[listing.pk]), "form")
    cost(client, reverse(f"{site}:accounts_user_change", args=[seller.pk]), "form")

    if site == "closet_admin":
        assert page.count("Is it true to size?") == 6  # as many conversations as before, in one query


def test_what_is_searched_is_found(seller):
    client = client_of(seller)
    listing = Listing.objects.get(sku="S3")

    for site, query in (("closet_admin", "S3"), ("staff", "ADA"), ("staff", str(listing.pk))):
        page = client.get(reverse(f"{site}:listings_listing_changelist"), {"q": query}).content.decode()
        assert "Dress 3" in page, (site, query)
        assert "Theirs" not in page
    for query in ("ada", "ADA@example.org"):
        listed = client.get(reverse("staff:accounts_user_changelist"), {"q": query}).context["cl"].result_list
        assert [person.username for person in listed] == ["ada"]


def test_a_list_is_paged_and_counted_no_further_than_it_reaches(seller, monkeypatch):
    monkeypatch.setattr(lists, "MAX_ROWS", 4)
    client = client_of(seller)

    with recording() as commands:
        answer = client.get(reverse("staff:listings_listing_changelist"))

    assert answer.context["cl"].result_count == 4
    assert all(work.keys <= 48 for work in commands.work())


def test_my_listings_are_two_queries_however_many(seller):
    client = client_of(seller)
    client.get("/api/v1/me/")

    with recording() as commands:
        rows = client.get("/api/v1/me/listings/").json()["results"]

    assert len(rows) == 8
    assert all(row["stock"][0]["size"] == "M" for row in rows)
    assert len(commands) <= 4, commands.names()
    assert commands.plans() == []


def test_a_closet_counts_to_a_thousand(seller, monkeypatch):
    monkeypatch.setattr("listings.models.counts.MOST", 3)

    with recording() as commands:
        counts = Listing.objects.all().counts_of(seller.pk, [Status.AVAILABLE, Status.SOLD, Status.PAUSED])

    assert counts == {Status.AVAILABLE: 4, Status.SOLD: 1, Status.PAUSED: 0}
    assert len(commands) == 1


def test_beat_tasks_are_answered_by_an_index(seller):
    with recording() as commands:
        forget_old_sessions()

    assert commands
    assert commands.plans() == []


def test_pages_of_ones_own_ask_little(seller):
    client = client_of(seller)
    for page, tab in itertools.product(["/my/closet/"], ["", "drafts", "hidden", "sold"]):
        client.get(page)
        with recording() as commands:
            assert client.get(page, {"tab": tab}).status_code == 200
        assert len(commands) <= 4, commands.names()
        assert commands.plans() == []
    for page in ("/my/likes/", "/api/v1/me/likes/", "/api/v1/me/tokens/"):
        with recording() as commands:
            client.get(page)
        assert commands.plans() == [], page
