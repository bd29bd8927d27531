"""Settings of Django REST framework."""

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.api_auth.AccessTokenAuthentication",
        "accounts.api_auth.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["accounts.api_auth.ReadOrScope"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["marketplace.core.api.JSONParser"],
    "DEFAULT_THROTTLE_CLASSES": ["marketplace.core.api.ClientThrottle"],
    "DEFAULT_PAGINATION_CLASS": "marketplace.core.api.KeysetPagination",
    "DEFAULT_SCHEMA_CLASS": "marketplace.core.schema.ProblemSchema",
    "EXCEPTION_HANDLER": "marketplace.core.api.problem_response",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
