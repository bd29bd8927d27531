"""Building the index of listings anew while they change, and comparing it with the database."""

import pytest
from django.core.management import CommandError, call_command

from listings import services as listings
from listings.models import Listing, Status
from search.index import sync
from search.index.check import compare
from search.index.names import behind, meta_of, read_alias, write_alias
from search.index.rebuild import begin, copy, is_current, rebuild
from tests import make
from tests.search.test_elastic import differences, found

pytestmark = [pytest.mark.django_db, pytest.mark.needs("elasticsearch")]


def test_a_rebuild_loses_nothing_of_what_changes_meanwhile(elasticsearch, index, monkeypatch, deliver):
    monkeypatch.setattr("search.index.rebuild.COPY", 2)
    monkeypatch.setattr("search.index.rebuild.GRACE_SECONDS", 0)
    seller = make.verified_user()
    rows = [make.listing(seller, title=f"Number {n}") for n in range(6)]
    index()
    old = behind(read_alias())
    steps = iter(
        [
            lambda: listings.edit_listing(actor=seller, listing=rows[0], title="Edited behind the copy"),
            lambda: listings.remove_listing(actor=seller, listing=rows[5]),
            lambda: make.listing(seller, title="Made meanwhile"),
        ]
    )
    written = sync.write

    def write_and_change(actions, indexes):
        # Each batch is stored late: after a change whose handler has done its work by then.
        if step := next(steps, None):
            step()
            deliver()
        return written(actions, indexes)

    monkeypatch.setattr("search.index.rebuild.write", write_and_change)
    new = rebuild()

    assert behind(read_alias()) == behind(write_alias()) == [new] != old
    assert not elasticsearch.indices.exists(index=old[0])
    assert next(steps, None) is None
    assert differences() == []
    assert {"Edited behind the copy", "Made meanwhile"} <= set(found())
    assert len(found()) == 6


def test_an_interrupted_rebuild_goes_on_where_it_was(index, monkeypatch, deliver):
    monkeypatch.setattr("search.index.rebuild.COPY", 2)
    monkeypatch.setattr("search.index.rebuild.NOTED_EVERY", 1)
    monkeypatch.setattr("search.index.rebuild.GRACE_SECONDS", 0)
    seller = make.verified_user()
    rows = [make.listing(seller) for _ in range(6)]
    index()
    unfinished = begin()

    def stop(copied):
        if copied == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy(unfinished, stop)
    assert meta_of(unfinished)["copied_to"] == str(rows[3].pk)
    listings.edit_listing(actor=seller, listing=rows[0], title="Edited while nobody copied")
    deliver()
    reports = []

    assert rebuild(reports.append) == unfinished

    assert reports[-1] == 2
    assert differences() == []


def test_the_first_index_and_one_of_an_older_release_are_made_by_themselves(elasticsearch, index, capsys):
    make.listing()
    index()
    assert is_current()
    call_command("search_rebuild", "--if-needed")
    assert capsys.readouterr().out == ""

    elasticsearch.indices.put_mapping(index=read_alias(), meta={"digest": "of another release"})
    call_command("search_rebuild", "--if-needed")
    assert "is searched now" in capsys.readouterr().out
    assert is_current()

    elasticsearch.indices.delete(index=behind(read_alias()))
    call_command("search_rebuild", "--if-needed")
    assert differences() == []


def test_check_names_what_differs_and_repair_writes_it(elasticsearch, index, monkeypatch, capsys):
    monkeypatch.setattr("search.index.check.SETTLED_SECONDS", 0)
    seller = make.verified_user()
    missing, different, extra, _fine = (make.listing(seller) for _ in range(4))
    index()
    elasticsearch.delete(index=read_alias(), id=str(missing.pk))
    elasticsearch.update(index=read_alias(), id=str(different.pk), doc={"price_cents": 1})
    Listing.objects.filter(pk=extra.pk).update(status=Status.REMOVED)  # by no service, so nobody is told

    report = compare()
    assert (report.listings, report.missing, report.different, report.extra) == (
        3, [str(missing.pk)], [str(different.pk)], [str(extra.pk)],
    )  # fmt: skip
    with pytest.raises(CommandError, match="1 missing, 1 different, 1 too much"):
        call_command("search_rebuild", "--check")
    call_command("search_rebuild", "--repair")
    call_command("search_rebuild", "--check")

    assert "they are equal" in capsys.readouterr().out
    assert differences() == []
