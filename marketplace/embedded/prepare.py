"""What database and checkout need before the first process starts: one Django start for all, safe to repeat."""

import django


def main() -> None:
    """Migrate, bring the taxonomy up to its edition, collect static files where they are served collected."""
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    print("migrated", flush=True)
    call_command("load_taxonomy")
    if not settings.DEBUG:
        call_command("collectstatic", interactive=False, verbosity=0)
        print("static files collected", flush=True)


if __name__ == "__main__":
    main()
