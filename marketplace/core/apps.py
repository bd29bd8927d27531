from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.urls import register_converter
from django.utils.module_loading import autodiscover_modules

from marketplace.core.converters import ObjectIdConverter


class CoreConfig(AppConfig):
    name = "marketplace.core"
    label = "core"

    def ready(self) -> None:
        # Before any app's urls are read: they say <oid:pk>.
        register_converter(ObjectIdConverter, "oid")
        # publish() must know who reacts in every process, so handlers are loaded everywhere.
        autodiscover_modules("handlers")

        from marketplace.core.outbox.subscriptions import register

        # A roll-out migrates first: from then on the processes of the older release write for new handlers too.
        post_migrate.connect(register, sender=self)
