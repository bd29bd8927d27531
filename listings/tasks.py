"""What listings does on the clock."""

from celery import shared_task

from listings import services


@shared_task(name="listings.release_expired_holds")
def release_expired_holds() -> int:
    """Gives back units whose hold has run out; safe to run twice."""
    return services.release_expired_holds()
