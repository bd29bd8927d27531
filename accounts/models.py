"""Who is here: people and the tokens of their API clients."""

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django_mongodb_backend.fields import ArrayField

from marketplace.core.models import Document
from marketplace.core.pictures import picture_url
from marketplace.mongo.rows import find_one


class UserQuerySet(models.QuerySet):
    def active(self) -> Self:
        """People who may come in and are shown."""
        return self.filter(is_active=True)

    def closed_with_avatar(self, before: datetime) -> Self:
        """People whose account was closed at or before this moment and who still have a picture."""
        closed = self.filter(is_active=False, closed_at__lte=before)  # as the partial index says
        return closed.exclude(avatar="", avatar_next="")


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def get(self, *args: Any, **kwargs: Any) -> "User":
        """As ever; by `pk` alone, which every request of a session asks, without the ORM."""
        if args or kwargs.keys() != {"pk"}:
            return super().get(*args, **kwargs)  # type: ignore[no-any-return]
        found = find_one(self.model, {"_id": self.model._meta.pk.to_python(kwargs["pk"])})
        if found is None:
            raise self.model.DoesNotExist
        return found

    def get_by_natural_key(self, username: str) -> "User":
        return self.get(username=username.lower())

    def create_superuser(self, username: str, email: str, password: str, **extra: Any) -> "User":
        """For `manage.py createsuperuser`: a staff member who may do everything."""
        user = self.model(
            username=username.lower(), email=email.lower(), is_staff=True, is_superuser=True, **extra
        )
        user.email_verified_at = timezone.now()
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin, Document):
    """A person. The username is lower case, so that unique means unique whatever the typing."""

    username = models.CharField(_("username"), max_length=20, unique=True)
    email = models.EmailField(_("e-mail"), unique=True)
    display_name = models.CharField(_("display name"), max_length=40, blank=True)
    about = models.TextField(_("about"), blank=True)
    city = models.CharField(_("city"), max_length=60, blank=True)
    avatar = models.CharField(
        max_length=64, blank=True, editable=False
    )  # key of the picture that is shown, or ""
    avatar_next = models.CharField(max_length=64, blank=True, editable=False)  # key of one being prepared
    avatar_error = models.CharField(
        max_length=200, blank=True, editable=False
    )  # why the last one is not shown
    revision = models.PositiveIntegerField(
        default=1, editable=False
    )  # grows with name and avatar: snapshots go by it
    currency = models.CharField(_("currency"), max_length=3, default="USD")
    is_staff = models.BooleanField(_("staff member"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)
    closed_reason = models.CharField(_("why it was closed"), max_length=200, blank=True, editable=False)
    # Grows when all sessions of the person are to end: it is part of what each session was signed with.
    access_version = models.PositiveIntegerField(default=0, editable=False)
    # Written by whoever needs the account to stay open or closed meanwhile (services.ask_if_open).
    asked_at = models.DateTimeField(null=True, editable=False)
    email_verified_at = models.DateTimeField(null=True, blank=True, editable=False)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()
    EMAIL_FIELD = "email"
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["email"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        indexes = [
            models.Index(fields=["closed_at"], name="person_closed", condition=models.Q(is_active=False)),
            models.Index(fields=["-date_joined", "-id"], name="user_joined"),
            models.Index(fields=["is_staff", "-date_joined", "-id"], name="user_staff"),
            models.Index(fields=["is_active", "-date_joined", "-id"], name="user_active"),
        ]

    def __str__(self) -> str:
        return f"@{self.username}"

    def _get_session_auth_hash(self, secret: Any = None) -> str:
        # Django's own covers the password; a closed account that is opened again must not revive old sessions either.
        signed = f"{self.password}.{self.access_version}"
        return salted_hmac("accounts.models.User", signed, secret=secret, algorithm="sha256").hexdigest()

    @property
    def public_name(self) -> str:
        """The name others see."""
        return self.display_name or self.username

    @property
    def is_email_verified(self) -> bool:
        return self.email_verified_at is not None

    @property
    def avatar_url(self) -> str:
        """The address of the avatar, or "" for the initials."""
        return picture_url(self.avatar, "avatar") if self.avatar else ""

    def get_absolute_url(self) -> str:
        return reverse("listings:closet-detail", args=[self.username])


class Scope(models.TextChoices):
    """What an API token may do."""

    READ = "read", _("Read what you can see")
    LISTINGS_WRITE = "listings:write", _("Make and change your listings")
    SOCIAL_WRITE = "social:write", _("Comment and like for you")
    PROFILE_WRITE = "profile:write", _("Change your profile")


class AccessTokenQuerySet(models.QuerySet):
    def of(self, user: User) -> Self:
        return self.filter(user=user)

    def usable(self) -> Self:
        """Tokens that still open the door: not revoked (the expiry is checked on use)."""
        return self.filter(is_revoked=False)


class AccessToken(Document):
    """A key for one API client. Only a hash of the secret is stored; the person sees the secret once."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="access_tokens", db_index=False
    )
    name = models.CharField(_("name"), max_length=40)
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    prefix = models.CharField(max_length=12, editable=False)  # to recognise it in a list
    scopes = ArrayField(models.CharField(max_length=20, choices=Scope.choices), default=list)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, editable=False)
    is_revoked = models.BooleanField(default=False, editable=False)

    objects = AccessTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        indexes = [models.Index(fields=["user", "is_revoked", "-id"], name="token_usable")]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    @property
    def is_expired(self) -> bool:
        return self.expires_at is not None and self.expires_at <= timezone.now()
