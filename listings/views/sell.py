"""The sell form: one page that works without scripts, and answers scripts in JSON at the same addresses."""

from typing import Any

from bson import ObjectId
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.errors import EmailNotVerified
from accounts.models import User
from listings import services, taxonomy
from listings.errors import FieldsMoved, KeyUsed, ListingIncomplete, PhotoThere, SizeInUse, StockMoved
from listings.forms import ListingForm, category_names, category_slug, new_key
from listings.models import EDITABLE, Listing, Status, Stock
from listings.services import Seen
from listings.services.checks import missing_to_publish
from marketplace.core.errors import DomainError, Invalid, NotFound
from marketplace.core.money import Money, parse_amount
from marketplace.core.pages import add_refusal, back_to
from marketplace.core.rules import rule


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks."""
    return request.headers.get("Accept", "").startswith("application/json")


def mine_or_404(request: HttpRequest, pk: ObjectId) -> Listing:
    """The person's own listing in a state that can be changed."""
    return get_object_or_404(Listing.objects.from_seller(request.user).filter(status__in=EDITABLE), pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sell(request: HttpRequest) -> HttpResponse:
    """An empty form; sending it makes the draft, and everything goes on at the draft's own address."""
    if request.method != "POST":
        return show(request, ListingForm.new(request.user), None)
    form = ListingForm(request.POST)
    form.is_valid()
    form.show(seen=Seen.blank(request.user.currency))
    key = form.cleaned_data.get("key", "")
    try:
        made = services.find_made(seller=request.user, request_key=key)
        if made and not services.may_be_made_of(listing=made, **form.values()):
            form.show(key=new_key())
            raise KeyUsed
        if made and made.status != Status.DRAFT:
            return show(request, form, made) if wants_json(request) else redirect(made)
        listing = services.create_draft(seller=request.user, request_key=key)
    except DomainError as refusal:
        return refused(request, form, None, refusal)
    return save(request, form, listing, is_new=True)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def listing_edit(request: HttpRequest, pk: ObjectId) -> HttpResponse:
    """A draft or a listing, to be changed."""
    listing = mine_or_404(request, pk)
    if request.method == "POST":
        form = ListingForm(request.POST)
        form.is_valid()
        return save(request, form, listing)
    return show(request, ListingForm.of(listing, list(Stock.objects.of(pk))), listing)


@login_required
@require_POST
def listing_publish(request: HttpRequest, pk: ObjectId) -> HttpResponse:
    """Puts a draft up for sale as it is stored."""
    listing = mine_or_404(request, pk)
    form = ListingForm.of(listing, list(Stock.objects.of(pk)))
    try:
        listing = services.publish_listing(actor=request.user, listing=listing)
    except DomainError as refusal:
        form = ListingForm({}, initial=form.initial)
        return refused(request, form, listing, refusal)
    return redirect(listing)


@login_required
@require_POST
def listing_status(request: HttpRequest, pk: ObjectId) -> HttpResponse:
    """Takes a listing off sale, puts it back, or removes it."""
    listing = get_object_or_404(Listing.objects.from_seller(request.user), pk=pk)
    services.set_status(actor=request.user, listing=listing, status=request.POST.get("status", ""))
    return redirect(back_to(request, "/my/closet/"))


@require_safe
def size_options(request: HttpRequest) -> HttpResponse:
    """The sizes of a typed category, for the list below the size fields."""
    slug = category_slug(request.GET.get("category", ""))
    return render(request, "listings/parts/size_options.html", {"sizes": taxonomy.sizes_for(slug)})


@login_required
@require_safe
def earning(request: HttpRequest) -> JsonResponse:
    """What a typed price would bring in, in words; "" when it is no price."""
    try:
        minor = parse_amount(request.GET.get("price", ""), request.GET.get("currency", ""))
    except Invalid:
        return JsonResponse({"earning": ""})
    return JsonResponse({"earning": earning_words(minor, request.GET["currency"])})


def earning_words(minor: int | None, currency: str) -> str:
    """What the seller gets of a price in minor units; "" without a price or for what no price can be."""
    if minor is None or not 0 < minor <= rule("listing.price_max"):
        return ""
    return str(services.earning_of(price=Money(minor, currency)))


def save(request: HttpRequest, form: ListingForm, listing: Listing, *, is_new: bool = False) -> HttpResponse:
    """Stores all that can be stored, then does what the button said; whatever is refused stays on the form."""
    wanted = request.POST.get("do", "save")
    try:
        store(form, request.user, listing, is_shown=not wants_json(request))
        add_uploads(form, request, listing, is_new=is_new)
        if wanted == "publish" and form.errors:
            raise ListingIncomplete(fields=missing(listing))  # said together with what is wrong already
        act(request.user, listing, wanted)
    except DomainError as refusal:
        return refused(request, form, listing, refusal)
    listing.refresh_from_db()
    if wants_json(request) and listing.status == Status.DRAFT:
        return show(request, form, listing)  # saved by itself: what is still wrong is no failure
    if form.errors and wanted in {"save", "publish"}:
        return show(request, form, listing, status=Invalid.status)
    if wanted == "publish" or (wanted == "save" and listing.is_public):
        return redirect(listing)
    return redirect("listings:listing-edit", listing.pk)


def store(form: ListingForm, user: User, listing: Listing, *, is_shown: bool) -> None:
    """Saves the values. Of a draft every good one is kept when others are refused; a public listing changes whole.

    `is_shown`: the form is shown again, so what somebody else has changed meanwhile is known to its reader then.
    """
    values, seen = form.values(), form.showed
    while values:
        try:
            services.edit_listing(actor=user, listing=listing, seen=seen, **values)
            if form.showed:
                form.show(seen=services.seen_after(listing=listing, seen=form.showed, **values))
            return
        except (SizeInUse, StockMoved) as refusal:
            add_refusal(form, refusal)
            form.tell(listing.pk, refusal.extra.get("keys", ()))
            return
        except (FieldsMoved, Invalid) as refusal:
            add_refusal(form, refusal)
            if isinstance(refusal, FieldsMoved) and form.showed and is_shown:
                form.show(seen=form.showed.told(Listing.objects.get(pk=listing.pk), refusal.fields))
            left = ListingForm.without(values, refusal.fields)
            if listing.status != Status.DRAFT or left == values:
                return
            values = left


def add_uploads(form: ListingForm, request: HttpRequest, listing: Listing, *, is_new: bool) -> None:
    """Adds the photos that came with the form; each one that is refused says so, and costs no other."""
    uploads = request.FILES.getlist("photos")
    results = services.add_photos(actor=request.user, listing=listing, uploads=uploads) if uploads else []
    for result in results:
        # The form that makes a listing may be sent twice: then its photos are there already, as they should be.
        if result.error and not (is_new and isinstance(result.error, PhotoThere)):
            add_refusal(form, result.error)


def missing(listing: Listing) -> dict[str, list[str]]:
    """What the stored draft lacks, by field."""
    return missing_to_publish(Listing.objects.get(pk=listing.pk))


def act(user: User, listing: Listing, wanted: str) -> None:
    """What the pressed button asked for besides saving: publish, or move or remove a photo."""
    verb, _colon, key = wanted.partition(":")
    if verb == "publish":
        services.publish_listing(actor=user, listing=listing)
    elif verb == "remove":
        services.remove_photo(actor=user, listing=listing, key=key)
    elif verb in {"up", "down"}:
        keys = list(Listing.objects.values_list("photo_keys", flat=True).get(pk=listing.pk))
        if key not in keys:
            raise NotFound
        here = keys.index(key)
        there = min(max(here + (1 if verb == "down" else -1), 0), len(keys) - 1)
        keys[here], keys[there] = keys[there], keys[here]
        services.order_photos(actor=user, listing=listing, keys=keys)


def refused(
    request: HttpRequest, form: ListingForm, listing: Listing | None, refusal: DomainError
) -> HttpResponse:
    """The form again with what the service said, and everything that was typed."""
    # What is wrong with a field is said once: not that it is missing as well.
    told = {name: texts for name, texts in refusal.fields.items() if name not in form.errors}
    if told or not (refusal.fields or form.errors):
        add_refusal(form, type(refusal)(refusal.message, fields=told))
    if listing is not None:
        listing.refresh_from_db()
    return show(
        request, form, listing, status=refusal.status, unverified=isinstance(refusal, EmailNotVerified)
    )


def show(request: HttpRequest, form: ListingForm, listing: Listing | None, *, status: int = 200,
         unverified: bool = False) -> HttpResponse:  # fmt: skip
    """The form; to a script only what is wrong with it."""
    if wants_json(request):
        address = {"id": str(listing.pk), "url": listing.get_absolute_url()} if listing else {}
        hidden = {name: str(form[name].value() or "") for name in ("seen", "key")}
        return JsonResponse(address | hidden | {"errors": form.errors}, status=status)
    names = category_names(get_language())
    context: dict[str, Any] = {
        "form": form, "listing": listing, "categories": names,
        "sizes": taxonomy.sizes_for(category_slug(form["category"].value() or "")),
        "brands": taxonomy.brands(), "colors": taxonomy.COLORS.values(), "conditions": taxonomy.CONDITIONS.values(),
        "flaw_kinds": taxonomy.FLAW_KINDS, "flaw_places": taxonomy.FLAW_PLACES, "unverified": unverified,
        "fee_pct": rule("fee.pct"), "earning": earning_words(listing.price_cents, listing.currency) if listing else "",
        "title_max": rule("listing.title_max"),
        "desc_max": rule("listing.desc_max"), "photos_max": rule("listing.photos_max"),
        "is_draft": listing is None or listing.status == Status.DRAFT,
    }  # fmt: skip
    return render(request, "listings/sell.html", context, status=status)
