"""Prepares database and static files before the processes start; idempotent."""

import hashlib

import django


def main() -> None:
    """Migrate, bring taxonomy and search index up to date, collect static files where they are served collected."""
    django.setup()
    from django.conf import settings
    from django.core.management import CommandError, call_command

    call_command("migrate", interactive=False, verbosity=0)
    print("migrated", flush=True)
    call_command("load_taxonomy")
    try:
        call_command("search_rebuild", "--if-needed")
    except CommandError as failure:
        print(f"{failure} Until then MongoDB answers searches.", flush=True)
    if not settings.DEBUG and collect_static():
        print("static files collected", flush=True)


def collect_static() -> bool:
    """Collects, hashes and compresses static files when any of them changed since the last time; says whether."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            digest.update(f"{name} {storage.size(name)} {storage.get_modified_time(name)}\n".encode())
    mark = settings.STATIC_ROOT.parent / f"{settings.STATIC_ROOT.name}.collected"
    if mark.exists() and mark.read_text() == digest.hexdigest() and settings.STATIC_ROOT.is_dir():
        return False
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    mark.write_text(digest.hexdigest())
    return True


if __name__ == "__main__":
    main()
