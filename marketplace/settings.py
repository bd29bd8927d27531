"""Every setting, in sections, read from the environment (12-factor). docs/operations.md has the table."""

import json
import os
from importlib.util import find_spec
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from marketplace.allauth_settings import *  # noqa: F403
from marketplace.api_settings import *  # noqa: F403
from marketplace.backoffice import CLOSET_NAVIGATION, STAFF_NAVIGATION, look
from marketplace.environment import DEBUG, flag, needed, words
from marketplace.s3 import origin, s3_storages
from marketplace.search_client import EMBEDDINGS_DIGESTS, elasticsearch_dsl

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("GINGHAM_VAR", BASE_DIR / "var"))


# --- core --------------------------------------------------------------------------------------------------------
SITE_NAME = os.environ.get("SITE_NAME", "Gingham")
SITE_TAGLINE = _("the open social closet")
SITE_URL = os.environ.get("SITE_URL", "http://localhost:8000")
SECRET_KEY = needed("SECRET_KEY", "django-insecure-for-development")
ALLOWED_HOSTS = words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1],testserver" if DEBUG else "")
if not DEBUG and not ALLOWED_HOSTS:
    raise ImproperlyConfigured("Set ALLOWED_HOSTS in the environment; it has no default in production.")
CSRF_TRUSTED_ORIGINS = words("CSRF_TRUSTED_ORIGINS")
ROOT_URLCONF = "marketplace.urls"
RULES = json.loads(os.environ.get("RULES", "{}"))  # {"fee.pct": 5}: this operator's own first edition
DEFAULT_CURRENCY = os.environ.get("DEFAULT_CURRENCY", "USD")

INSTALLED_APPS = [
    "unfold",
    "marketplace.apps.MongoAdminConfig",
    "marketplace.apps.MongoAuthConfig",
    "marketplace.apps.MongoContentTypesConfig",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_mongodb_backend",
    "django_elasticsearch_dsl",
    "allauth",
    "marketplace.apps.MongoAccountConfig",
    "channels",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_htmx",
    "django_structlog",
    "csp",
    "lucide",
    "marketplace.core",
    "accounts",
    "notices",
    "listings",
    "social",
    "search",
    # The demo is drawn with what requirements-run.txt brings; production has neither.
    *(["marketplace.demo"] if find_spec("PIL") else []),
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "marketplace.core.request_log.RequestLogMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "marketplace.core.ratelimit.QuotaHeadersMiddleware",
    "marketplace.core.pages.RefusalMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "marketplace.context.site",
            ],
        },
    }
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- database ----------------------------------------------------------------------------------------------------
DATABASES = {
    "default": {
        "ENGINE": "marketplace.mongo",
        "NAME": os.environ.get("MONGODB_NAME", "gingham"),
        "HOST": needed("MONGODB_URI", "mongodb://127.0.0.1:27017/?replicaSet=rs0"),
        "OPTIONS": {"serverSelectionTimeoutMS": 3000, "retryWrites": True, "tz_aware": False},
    }
}
DATABASE_ROUTERS = ["django_mongodb_backend.routers.MongoRouter"]
DEFAULT_AUTO_FIELD = "django_mongodb_backend.fields.ObjectIdAutoField"
MIGRATION_MODULES = {
    app: f"marketplace.mongo_migrations.{app}" for app in ("admin", "auth", "contenttypes", "account")
}

# --- Valkey: cache, sockets, limits; broker of the tasks ---------------------------------------------------------
REDIS_URL = needed("REDIS_URL", "redis://127.0.0.1:6379/0")
CELERY_APP = "marketplace.celery.app"
CELERY_BROKER_URL = os.environ.get("CELERY_BROKER_URL", "") or REDIS_URL
CACHES = {
    "default": {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "cache",
        # Pages go on without the cache; sessions fall back to the database (cached_db).
        "OPTIONS": {"IGNORE_EXCEPTIONS": True, "SOCKET_CONNECT_TIMEOUT": 1, "SOCKET_TIMEOUT": 1},
    },
    # Rendered parts of pages, for {% cache %}: in the memory of each process, by keys that name all that they show.
    # In development templates change while one works on them.
    "template_fragments": {
        "BACKEND": f"django.core.cache.backends.{'dummy.DummyCache' if DEBUG else 'locmem.LocMemCache'}",
        "LOCATION": "template_fragments",
        "OPTIONS": {"MAX_ENTRIES": 20_000},  # some 40 MB
    },
    # Whole pages for people who are logged in (core.person_cache), for seconds.
    "shared_pages": {
        "BACKEND": f"django.core.cache.backends.{'dummy.DummyCache' if DEBUG else 'locmem.LocMemCache'}",
        "LOCATION": "shared_pages",
        "OPTIONS": {"MAX_ENTRIES": 300},  # some 60 MB
    },
}
DJANGO_REDIS_LOG_IGNORED_EXCEPTIONS = True
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "marketplace.core.layer.LiveChannelLayer",
        "CONFIG": {"url": REDIS_URL, "prefix": "live"},
    }
}
SOCKET_THREADS = int(os.environ.get("SOCKET_THREADS", "8"))  # for what sockets ask of the database

# --- Elasticsearch: search; MongoDB answers without it ------------------------------------------------------------
ELASTICSEARCH_URL = os.environ.get("ELASTICSEARCH_URL", "")  # empty: there is none
ELASTICSEARCH_DSL = elasticsearch_dsl(words("ELASTICSEARCH_URL"))
# Indexes follow the outbox; the library's own way would ask Elasticsearch within every save.
ELASTICSEARCH_DSL_SIGNAL_PROCESSOR = "django_elasticsearch_dsl.signals.BaseSignalProcessor"
# Search by meaning: the folder of a model (empty: off), digests of its files, how it makes one vector of many.
EMBEDDINGS_MODEL = os.environ.get("EMBEDDINGS_MODEL", "")
EMBEDDINGS_SHA256 = words("EMBEDDINGS_SHA256") or EMBEDDINGS_DIGESTS
EMBEDDINGS_POOLING = os.environ.get("EMBEDDINGS_POOLING", "cls")

# --- the outbox --------------------------------------------------------------------------------------------------
OUTBOX = {
    "LEASE_SECONDS": int(os.environ.get("OUTBOX_LEASE_SECONDS", "30")),
    "SWEEP_SECONDS": float(os.environ.get("OUTBOX_SWEEP_SECONDS", "0.25")),
    "ATTEMPTS": int(os.environ.get("OUTBOX_ATTEMPTS", "8")),
    "RETIRE_DAYS": int(os.environ.get("OUTBOX_RETIRE_DAYS", "7")),
    "EXTERNAL_BATCHES": int(os.environ.get("OUTBOX_EXTERNAL_BATCHES", "3")),
}

# --- people ------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["accounts.hashers.BoundedArgon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}Validator"}
    for name in ("UserAttributeSimilarity", "CommonPassword", "NumericPassword")
] + [{"NAME": "accounts.passwords.RuleBookLengthValidator"}]
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"{SITE_NAME}: "
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if flag("SECURE_SSL_REDIRECT", not DEBUG) else "http"

# --- mail --------------------------------------------------------------------------------------------------------
_backend = "console" if DEBUG else "smtp"
EMAIL_BACKEND = os.environ.get("EMAIL_BACKEND", f"django.core.mail.backends.{_backend}.EmailBackend")
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS", False)
EMAIL_FILE_PATH = os.environ.get("EMAIL_FILE_PATH", "")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", f"{SITE_NAME} <hello@localhost>")

# --- files -------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", VAR / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT", VAR / "media"))
ORIGINALS_ROOT = Path(os.environ.get("ORIGINALS_ROOT", VAR / "originals"))
_plain_names = "django.contrib.staticfiles.storage.StaticFilesStorage"
_hashed_names = "whitenoise.storage.CompressedManifestStaticFilesStorage"
STORAGES = {
    # Names are content hashes, so writing a file again writes the same bytes.
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"allow_overwrite": True},
    },
    # What people uploaded, with all that their camera wrote into it: never served.
    "originals": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(ORIGINALS_ROOT), "base_url": None, "allow_overwrite": True},
    },
    "staticfiles": {"BACKEND": _plain_names if DEBUG else _hashed_names},
}
S3_BUCKET = os.environ.get("S3_BUCKET", "")
if S3_BUCKET:
    STORAGES |= s3_storages(S3_BUCKET, needed("S3_ORIGINALS_BUCKET", ""), public=needed("S3_PUBLIC_URL", ""))
PICTURE_DECODES = int(os.environ.get("PICTURE_DECODES", "2"))  # at once in a process, each of up to 150 MB
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 40

# --- languages and times -----------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"

# --- security ----------------------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = flag("SECURE_SSL_REDIRECT", not DEBUG)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
# How many proxies stand in front and append to X-Forwarded-For; 0 believes no forwarded header (core/client.py).
TRUSTED_PROXIES = int(os.environ.get("TRUSTED_PROXIES", "0"))
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = 0 if DEBUG else int(os.environ.get("SECURE_HSTS_SECONDS", "31536000"))
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not DEBUG
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = flag("SECURE_COOKIES", not DEBUG)
HEALTH_TOKEN = os.environ.get("HEALTH_TOKEN", "")  # who sends it reads the details of /readyz
_features = (
    "accelerometer camera display-capture geolocation gyroscope magnetometer microphone midi payment usb"
)
PERMISSIONS_POLICY = {
    name: [] for name in _features.split()
}  # the shop uses none of them, nor may what it embeds
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:", *([origin(os.environ["S3_PUBLIC_URL"])] if S3_BUCKET else [])],
        "script-src": [SELF],
        "style-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# --- API ---------------------------------------------------------------------------------------------------------
SPECTACULAR_SETTINGS = {
    "TITLE": f"{SITE_NAME} API",
    "DESCRIPTION": "List, find, talk, like. Errors are problem documents (RFC 9457) with a stable `code`.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_AUTHENTICATION": [],
    "SERVE_PERMISSIONS": [],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENABLE_LIST_MECHANICS_ON_NON_2XX": True,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "marketplace.core.schema.add_problem",
    ],
}

# --- admin -------------------------------------------------------------------------------------------------------
UNFOLD = look(SITE_NAME, STAFF_NAVIGATION, "marketplace.dashboards.staff")
UNFOLD_CLOSET = look(SITE_NAME, CLOSET_NAVIGATION, "marketplace.dashboards.closet")

# --- logs --------------------------------------------------------------------------------------------------------
DJANGO_STRUCTLOG_USER_ID_FIELD = None
DJANGO_STRUCTLOG_CELERY_ENABLED = True
LOGGING_CONFIG = "marketplace.core.logs.configure"
LOGGING = {
    "level": os.environ.get("LOG_LEVEL", "INFO"),
    "json": flag("LOG_JSON", not DEBUG),
    "secret_paths": SECRET_PATHS,  # noqa: F405
}
