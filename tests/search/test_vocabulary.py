"""The shop's own words: learned as listings come, counted anew, and never drifting."""

import io

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts import services as accounts
from listings import services as listings
from search import services
from search.models import Term, Vocabulary
from search.query import Query
from search.understanding import understand
from search.vocabulary import snapshot
from search.vocabulary.words import prefixes_of, words_of
from tests import make

pytestmark = pytest.mark.django_db


def counts(kind=Term.Kind.WORD) -> dict[str, int]:
    return dict(Term.objects.filter(kind=kind).values_list("key", "count"))


def test_a_title_is_cut_into_words_and_prefixes():
    assert words_of("Levi's 501 T-shirt, Café M") == {"levis", "shirt", "cafe"}
    assert prefixes_of(["The Row"]) == [
        "r", "ro", "row", "t", "th", "the", "the r", "the ro", "the row", "ther", "thero", "therow",
    ]  # fmt: skip
    assert max(len(prefix) for prefix in prefixes_of(["a" * 50])) == 20


def test_words_of_a_new_listing_are_learned_by_event(deliver):
    make.listing(title="Paisley kaftan", brand="Nobody Knows It")
    deliver()

    assert {"paisley", "kaftan", "nobody"} <= counts().keys()
    assert counts(Term.Kind.BRAND) == {"nobody-knows-it-typed": 1}


def test_counts_do_not_drift_however_often_a_handler_runs(deliver):
    listing = make.listing(title="Paisley kaftan")
    for _ in range(3):
        services.learn_listings(ids=[listing.pk])
    assert counts()["paisley"] == 1

    make.listing(title="Paisley scarf")
    deliver()
    assert counts()["paisley"] == 1  # counted by the next rebuild
    services.rebuild_vocabulary()
    services.rebuild_vocabulary()
    assert counts()["paisley"] == 2


def test_a_draft_teaches_nothing():
    draft = make.draft(title="Hapax kaftan")
    services.learn_listings(ids=[draft.pk])
    services.rebuild_vocabulary()

    assert "hapax" not in counts()


def test_a_rebuild_drops_what_is_gone_and_keeps_what_staff_hid():
    listing = make.listing(title="Hapax kaftan")
    services.rebuild_vocabulary()
    services.set_hidden(term=Term.objects.get(kind="word", key="kaftan"), is_hidden=True)
    listings.set_status(actor=listing.seller, listing=listing, status="removed")
    services.rebuild_vocabulary()

    assert "hapax" not in counts()
    assert Term.objects.get(kind="word", key="kaftan").is_hidden


def test_a_rebuild_knows_brands_categories_colours_and_common_searches():
    for number in range(3):
        make.listing(title=f"Dress {number}", brand="Nike", colors=["red"])
    services.rebuild_vocabulary()

    assert counts(Term.Kind.BRAND)["nike"] == 3
    assert counts(Term.Kind.CATEGORY)["women-dresses-maxi"] == 3
    assert counts(Term.Kind.COLOR)["red"] == 3
    assert {"nike maxi dresses": 3, "red maxi dresses": 3}.items() <= counts(Term.Kind.QUERY).items()


def test_the_command_says_how_far_it_is():
    make.listing(title="Paisley kaftan")
    out = io.StringIO()
    call_command("search_vocabulary", stdout=out)

    assert "100%  1 listings" in out.getvalue()
    assert "of 1 listings" in out.getvalue()


def test_a_process_reads_the_words_anew_when_they_have_changed():
    assert understand(Query(text="a zyxwave dress")).query.brand == ()
    before = snapshot.snapshot().version
    services.learn_listings(ids=[make.listing(brand="Zyxwave").pk])
    assert Vocabulary.objects.get().changed_at <= timezone.now()

    snapshot._look()

    assert snapshot.snapshot().version != before
    assert understand(Query(text="a zyxwave dress")).query.brand == ("zyxwave-typed",)


def test_what_the_shop_sells_is_not_corrected_and_what_it_sells_much_of_corrects():
    text = Query(text="bandanna")
    assert understand(text).query.text == "bandanna"
    make.listing(title="Silk bandana")
    services.rebuild_vocabulary()
    snapshot.reload()
    found = understand(text)
    assert [(one.typed, one.meant) for one in found.corrections] == [("bandanna", "bandana")]
    assert found.query.text == "bandana"
    assert found.instead == Query(text="bandanna", exact=True)

    make.listing(title="Silk bandanna")
    services.rebuild_vocabulary()
    snapshot.reload()
    assert understand(text).corrections == ()

    Term.objects.filter(kind="word", key="bandana").update(count=500)
    snapshot.reload()
    assert understand(text).query.text == "bandana"


def test_a_word_beyond_the_bounds_of_the_memory_is_known_all_the_same(monkeypatch):
    make.listing(title="Silk bandana")
    make.listing(title="Silk bandanna")
    services.rebuild_vocabulary()
    Term.objects.filter(kind="word", key="bandana").update(count=9)
    monkeypatch.setattr(snapshot, "WORDS_MAX", 1)
    snapshot.reload()
    assert "bandanna" not in snapshot.snapshot().words

    assert understand(Query(text="bandanna")).corrections == ()


def test_people_are_found_by_username_and_by_each_word_of_their_name(deliver):
    jo = make.verified_user("jolene_k", display_name="Jo Ann Summers")
    make.verified_user("summerly")
    services.learn_new_people(since=jo.date_joined)

    assert [user.username for user in services.people("jolen")] == ["jolene_k"]
    assert [user.username for user in services.people("@Jolene_K")] == ["jolene_k"]
    assert {user.username for user in services.people("summ")} == {"jolene_k", "summerly"}
    assert services.people("ummers") == []

    accounts.edit_profile(user=jo, display_name="Winter", about="", city="")
    deliver()
    assert [user.username for user in services.people("wint")] == ["jolene_k"]
    assert {user.username for user in services.people("summ")} == {"summerly"}


def test_closed_accounts_are_not_found_even_before_the_event_arrives(deliver):
    jo = make.verified_user("jolene_k")
    services.learn_people(ids=[jo.pk])
    accounts.close_account(actor=jo, user=jo)
    assert services.people("jolene") == []

    deliver()
    assert not Term.objects.filter(kind="person").exists()
    accounts.reopen_account(actor=make.staff(), user=jo)
    deliver()
    assert [user.username for user in services.people("jolene")] == ["jolene_k"]
