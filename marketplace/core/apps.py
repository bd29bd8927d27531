from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    name = "marketplace.core"
    label = "core"

    def ready(self) -> None:
        # publish() must know who owes a reaction in every process, so handlers are loaded everywhere.
        autodiscover_modules("handlers")
