"""Photos of a listing for scripts: added one by one with their progress, ordered, removed. Answers are JSON."""

from bson import ObjectId
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from listings import services
from listings.models import Photo
from listings.views.sell import mine_or_404
from marketplace.core.errors import DomainError, Invalid


def shown(photo: Photo) -> dict[str, object]:
    return {"key": photo.key, "url": photo.url("card"), "color": photo.color, "error": photo.error}


@login_required
@require_POST
def photo_add(request: HttpRequest, pk: ObjectId) -> JsonResponse:
    """Takes the files in; one line for each, 422 when none of them could be taken."""
    listing = mine_or_404(request, pk)
    uploads = request.FILES.getlist("photos")
    try:
        results = services.add_photos(actor=request.user, listing=listing, uploads=uploads)
    except DomainError as refusal:
        errors = [{"name": "", "message": refusal.text}]
        return JsonResponse({"photos": [], "errors": errors}, status=refusal.status)
    photos = [shown(result.photo) for result in results if result.photo]
    errors = [{"name": result.name, "message": result.error.text} for result in results if result.error]
    return JsonResponse({"photos": photos, "errors": errors}, status=200 if photos else Invalid.status)


@login_required
@require_POST
def photo_order(request: HttpRequest, pk: ObjectId) -> JsonResponse:
    """Puts the photos in the order of the `key` fields."""
    listing = mine_or_404(request, pk)
    return change(
        lambda: services.order_photos(actor=request.user, listing=listing, keys=request.POST.getlist("key"))
    )


@login_required
@require_POST
def photo_remove(request: HttpRequest, pk: ObjectId) -> JsonResponse:
    """Takes one photo away."""
    listing, key = mine_or_404(request, pk), request.POST.get("key", "")
    return change(lambda: services.remove_photo(actor=request.user, listing=listing, key=key))


def change(service) -> JsonResponse:  # type: ignore[no-untyped-def]
    """Runs a service that gives the listing back; its photos, or what it refused."""
    try:
        listing = service()
    except DomainError as refusal:
        return JsonResponse({"errors": [{"name": "", "message": refusal.text}]}, status=refusal.status)
    return JsonResponse({"photos": [shown(photo) for photo in listing.photos], "errors": []})
