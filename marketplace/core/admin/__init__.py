"""The two back offices: sellers see their closet, staff see everything; both write through services only."""

from marketplace.core.admin.outbox import OutboxAdmin
from marketplace.core.admin.service import ServiceAdmin, ServiceForm
from marketplace.core.admin.sites import closet_site, staff_site

__all__ = ["OutboxAdmin", "ServiceAdmin", "ServiceForm", "closet_site", "staff_site"]
