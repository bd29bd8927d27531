"""What accounts does on the clock."""

from celery import shared_task

from accounts import services


@shared_task(name="accounts.forget_old_sessions")
def forget_old_sessions() -> int:
    """Removes sessions that have run out; safe to run twice."""
    return services.forget_old_sessions()


@shared_task(name="accounts.release_closed_avatars")
def release_closed_avatars() -> int:
    """Lets go of the pictures of people whose account is closed; safe to run twice."""
    return services.release_closed_avatars()
