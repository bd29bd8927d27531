"""What listings does on the clock."""

from celery import shared_task

from listings import services


@shared_task(name="listings.release_expired_holds")
def release_expired_holds() -> int:
    """Gives back units whose hold has run out; safe to run twice."""
    return services.release_expired_holds()


@shared_task(name="listings.release_removed_photos")
def release_removed_photos() -> int:
    """Lets go of the photos of listings that were removed and never sold; safe to run twice."""
    return services.release_removed_photos()
