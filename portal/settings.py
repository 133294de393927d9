"""Settings, read from the environment. With nothing set this is the embedded default.

SQLite, a filesystem broker, a file cache and mail written to files, all below `var/`.
"""

from pathlib import Path
from typing import Any

import dj_email_url
from csp.constants import NONCE, SELF
from django.utils.translation import gettext_lazy as _
from environs import Env

from portal import embedded, log_settings, workers
from portal.editing_settings import *  # noqa: F403
from portal.worker_settings import *  # noqa: F403

env = Env()
BASE_DIR = Path(__file__).resolve().parent.parent
env.read_env(str(BASE_DIR / ".env"), recurse=False)

STATE_DIR = Path(env.str("STATE_DIR", str(BASE_DIR / "var")))
embedded.prepare(STATE_DIR)

SECRET_KEY = env.str("SECRET_KEY", "") or embedded.secret_key(STATE_DIR)
SECRET_KEY_IS_KEPT_IN_STATE = not env.str("SECRET_KEY", "")
# Keys of their own: changing SECRET_KEY must neither lock people out nor break the audit's chain.
# The first of MFA_KEYS encrypts; older ones still decrypt.
MFA_KEYS: list[str] = env.list("MFA_KEYS", []) or [embedded.fernet_key(STATE_DIR)]
MFA_KEYS_ARE_KEPT_IN_STATE = not env.list("MFA_KEYS", [])
AUDIT_KEY = env.str("AUDIT_KEY", "") or embedded.kept(STATE_DIR, "audit_key")
AUDIT_KEY_IS_KEPT_IN_STATE = not env.str("AUDIT_KEY", "")
BACKUP_KEPT_DAYS = env.int("BACKUP_KEPT_DAYS", 35)  # how long the oldest backup is kept
BACKUP_KEY = env.str("BACKUP_KEY", "")  # an age recipient: what the server holds opens no backup
DEBUG = False
BASE_URL = env.str("BASE_URL", "http://localhost:8000").rstrip("/")
HTTPS = BASE_URL.startswith("https://")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
PORTAL_NAME = env.str("PORTAL_NAME", "Team Portal")
PORTAL_PROVIDER = env.str("PORTAL_PROVIDER", "Massachusetts Children's Alliance")
LEAVE_URL = env.str("LEAVE_URL", "https://www.weather.gov/")
MFA_REQUIRED_ROLES: list[str] = env.list("MFA_REQUIRED_ROLES", [])
SESSION_IDLE_MINUTES = env.int("SESSION_IDLE_MINUTES", 30)
SESSION_WARNING_SECONDS = 120  # WCAG 2.2.1 asks for twenty at least
ACCESSIBILITY_CONTACT = env.str("ACCESSIBILITY_CONTACT", "")
OIDC_SERVER_URL = env.str("OIDC_SERVER_URL", "").rstrip("/")
# Only addresses of these domains are the agency's to vouch for.
OIDC_DOMAINS: list[str] = env.list("OIDC_DOMAINS", [])
SEARCH_ENGINE = env.str("SEARCH_ENGINE", "auto")
ELASTICSEARCH_URL = env.str("ELASTICSEARCH_URL", "")  # with scheme, host and port
ELASTICSEARCH_CA = env.str("ELASTICSEARCH_CA", "")  # file of the authority that signed its key
ELASTICSEARCH_INDEX = env.str("ELASTICSEARCH_INDEX", "team-portal")  # what its indices begin with
SEARCH_HIDES_FAULTS = True  # the database answers where Elasticsearch finds fault with the question
CLAMD_URL = env.str("CLAMD_URL", "")
X_ACCEL_REDIRECT = env.str("X_ACCEL_REDIRECT", "")

INSTALLED_APPS = [
    "portal.home",
    "portal.reports",
    "training",
    "resources",
    "assistance",
    "portal.search",
    "portal.people",
    "portal.core",
    "wagtail.contrib.redirects",
    "wagtail.contrib.search_promotions",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_cotton",
    "django_htmx",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "portal.core.trace.name_requests",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.core.csp.PortalCSPMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.people.idle.end_idle_sessions",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "portal.core.middleware.no_store",
    "portal.core.caching.say_when_away",
    "portal.people.middleware.require_mfa",
    "portal.people.middleware.ask_for_attestation",
    "portal.people.middleware.hide_cms",
    "training.middleware.explain_keeping",
    "portal.home.remembering.forget_after_change",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "portal.people.context.frame",
            ],
        },
    }
]
FORM_RENDERER = "portal.core.form_renderer.Renderer"

# -- Data ---------------------------------------------------------------------------------------

DATABASES: dict[str, Any] = {
    "default": env.dj_db_url("DATABASE_URL", f"sqlite:///{STATE_DIR / 'portal.sqlite3'}")
}
SQLITE = DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"
if SQLITE:
    # IMMEDIATE, or two parallel writers fail at once: a read lock cannot become a write lock.
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
        "PRAGMA foreign_keys=ON; PRAGMA busy_timeout=20000; PRAGMA secure_delete=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", 60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # jit: compiling a long statement takes PostgreSQL seconds, running it here milliseconds.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# allauth's rate limits need a cache that the processes share.
CACHES = {"default": env.dj_cache_url("CACHE_URL", f"file://{STATE_DIR / 'cache'}")}
if CACHES["default"]["BACKEND"] == "django.core.cache.backends.redis.RedisCache":
    CACHES["default"]["BACKEND"] = "portal.core.caching.RedisCache"
    SESSION_ENGINE = "portal.people.session_store"
# What every page shows alike, kept in each process for a minute (portal.people.context).
CACHES["process"] = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "LOCATION": "process",
}
# How long a dashboard is remembered. In files what is remembered would lie about: not there.
HOME_KEPT_SECONDS = env.int("HOME_KEPT_SECONDS", 60 if env.str("CACHE_URL", "") else 0)
PREPARED_CHECKED = False  # compares each prepared statement with the one built anew (tests)

STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": env.str("MEDIA_ROOT", str(STATE_DIR / "media"))},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = env.str("MEDIA_ROOT", str(STATE_DIR / "media"))
MEDIA_URL = "/media/"  # never routed: files go through one checked view
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", str(STATE_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "portal" / "static"]
# Uploads stay in memory: an unscreened file never touches the disk. Videos are too large for it.
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "training.video_uploads.VideoUploadHandler",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024 + 64 * 1024  # a file and the form around it
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # Wagtail's editor of a long module

# -- Time and language --------------------------------------------------------------------------

LANGUAGE_CODE = "en-us"
LANGUAGES = [("en", _("English"))]
WAGTAIL_CONTENT_LANGUAGES = [("en", _("English"))]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "America/New_York"
FORMAT_MODULE_PATH = ["portal.formats"]

# -- Sign-in ------------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "first_name", "last_name", "name", "agency"]},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 60 * 60  # seconds
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "portal.people.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to an address that somebody typed
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a mail when password, address or second factor change
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_CHANGE_EMAIL = True
# Five wrong passwords for one address lock it for a quarter of an hour, wherever they come from.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "20/m/ip,5/900s/key",
    "login": "30/m/ip",
    "join": "10/h/ip",
    "session_code": "20/h/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 1 if HTTPS else 0)
MFA_ADAPTER = "portal.people.adapter.MFAAdapter"
ACCOUNT_FORMS = {"add_email": "portal.people.account_forms.WorkEmailForm"}
MFA_FORMS = {"add_webauthn": "portal.people.account_forms.ScreenedAddKeyForm"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_TOTP_ISSUER = PORTAL_NAME

# Single sign-on of an agency, by setting alone. Nobody joins by it who was not invited.
SOCIALACCOUNT_ADAPTER = "portal.people.adapter.SocialAccountAdapter"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_QUERY_EMAIL = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True  # the agency vouches for the address
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {"openid_connect": {"OAUTH_PKCE_ENABLED": True}}
if OIDC_SERVER_URL:
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"] = [
        {
            "provider_id": "agency",
            "name": env.str("OIDC_NAME", "your agency"),
            "client_id": env.str("OIDC_CLIENT_ID"),
            "secret": env.str("OIDC_CLIENT_SECRET"),
            "settings": {"server_url": OIDC_SERVER_URL},
        }
    ]

# -- Browser security ---------------------------------------------------------------------------

SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
# A browser drops a __Host- cookie that is not Secure.
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [BASE_URL] if HTTPS else []
CSRF_FAILURE_VIEW = "portal.core.views.csrf_failure"
X_FRAME_OPTIONS = "DENY"  # Wagtail lifts it on its own previews
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
OIDC_ORIGIN = ["/".join(OIDC_SERVER_URL.split("/")[:3])] if OIDC_SERVER_URL else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # data: is allauth's TOTP picture
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        # A browser follows a form's redirect to the agency's sign-on only if it stands here.
        "form-action": [SELF, *OIDC_ORIGIN],
        # 'none' would block the editor's preview, which renders our page under its own path.
        "frame-ancestors": [SELF],
        "base-uri": ["'none'"],
    }
}

# -- Wagtail ------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = PORTAL_NAME
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_FRONTEND_LOGIN_URL = LOGIN_URL
TASKS = {"default": {"BACKEND": "portal.core.tasks.OnCommitBackend"}}

# -- Worker -------------------------------------------------------------------------------------

CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", "filesystem://localhost//")
CELERY_BROKER_TRANSPORT_OPTIONS = workers.transport_options(
    CELERY_BROKER_URL,
    {
        "data_folder_in": str(STATE_DIR / "queue"),
        "data_folder_out": str(STATE_DIR / "queue"),
        "control_folder": str(STATE_DIR / "control"),
    },
)
CELERY_BEAT_SCHEDULE_FILENAME = str(STATE_DIR / "beat")
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = workers.schedule(
    with_search=bool(ELASTICSEARCH_URL) and SEARCH_ENGINE != "database"
)
# Packs and reports that are made at the same time, on all workers; each takes a worker's process.
MADE_AT_ONCE = max(1, env.int("MADE_AT_ONCE", 1))

# -- Mail ---------------------------------------------------------------------------------------

EMAIL_URL = env.str("EMAIL_URL", "")
if EMAIL_URL:
    # dj-email-url knows STARTTLS as "submission" alone; the longer name is common elsewhere.
    _email = dj_email_url.parse(EMAIL_URL.replace("smtp+tls://", "submission://", 1))
    EMAIL_BACKEND = _email["EMAIL_BACKEND"]
    EMAIL_HOST = _email["EMAIL_HOST"]
    EMAIL_PORT = _email["EMAIL_PORT"]
    EMAIL_HOST_USER = _email["EMAIL_HOST_USER"]
    EMAIL_HOST_PASSWORD = _email["EMAIL_HOST_PASSWORD"]
    EMAIL_USE_TLS = _email["EMAIL_USE_TLS"]
    EMAIL_USE_SSL = _email["EMAIL_USE_SSL"]
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(STATE_DIR / "mail")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "portal@example.org")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
MAIL_BOUNCE_ADDRESS = env.str("MAIL_BOUNCE_ADDRESS", "")  # envelope sender: where bounces go
MAIL_REPLY_TO = env.str("MAIL_REPLY_TO", "")
# Mails that can be switched off, to one person in an hour; the last of them sums up the rest.
MAIL_PER_HOUR = max(1, env.int("MAIL_PER_HOUR", 12))
MAIL_GATHER_MINUTES = 5  # what happens to one request within them is one mail

# -- Logs, figures, error reports ----------------------------------------------------------------

AUDIT_LOG = env.str("AUDIT_LOG", "stdout" if HTTPS else "")
LOG_FORMAT = env.str("LOG_FORMAT", "line")  # line | json
LOGGING = log_settings.config(log_format=LOG_FORMAT, audit_log=AUDIT_LOG)
METRICS_TOKEN = env.str("METRICS_TOKEN", "")
REVISION = env.str("REVISION", "")  # what the image was built from
SENTRY_DSN = env.str("SENTRY_DSN", "")
SILENCED_SYSTEM_CHECKS: list[str] = []
DEFAULT_EXCEPTION_REPORTER_FILTER = "portal.core.logs.NothingTyped"
