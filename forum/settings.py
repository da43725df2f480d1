"""Rembuk's settings. The environment is read here and nowhere else (DESIGN §9).

Nothing set gives the embedded default: SQLite, channels in memory, mail to the console. Without
DEMO or DEBUG the program refuses to start on a development default.
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from consultations.kernel.environment import Environment
from forum.demo_keys import with_demo_keys

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment(with_demo_keys(os.environ, BASE_DIR / "var" / "demo.env"))

DEVELOPMENT_SECRET = "development-only-secret-never-used-in-production"
DEVELOPMENT_SEED = "00" * 32

DEBUG = env.flag("DEBUG")
DEMO = env.flag("DEMO")
PORT = env.number("PORT", 8000, low=1, high=65535)
SECRET_KEY = env.text("SECRET_KEY", DEVELOPMENT_SECRET)
LEDGER_KEY = env.seed("LEDGER_KEY", DEVELOPMENT_SEED)
LEDGER_FORMER_KEYS = env.public_keys("LEDGER_FORMER_KEYS")  # oldest first
SITE_NAME = env.text("SITE_NAME", "Rembuk")
SITE_URL = env.text("SITE_URL", f"http://localhost:{PORT}").rstrip("/")
_site = urlsplit(SITE_URL)
if _site.scheme not in {"http", "https"} or not _site.hostname:
    raise ImproperlyConfigured(f"SITE_URL={SITE_URL!r}: write it as https://forum.example.")

ALLOWED_HOSTS = env.words("ALLOWED_HOSTS") or [_site.hostname, "localhost", "127.0.0.1", "[::1]"]
TRUSTED_PROXIES = env.words("TRUSTED_PROXIES")
# Lifted only where nothing real can be harmed: load tests of the demo.
RATE_LIMITS = env.choice("RATE_LIMITS", "on", {"on", "off"}) == "on"
if not RATE_LIMITS and not DEMO:
    raise ImproperlyConfigured("RATE_LIMITS=off is only for DEMO=1.")

EMAIL_URL = env.text("EMAIL_URL", "console:")
_email = urlsplit(EMAIL_URL)
_email_backends = {"console": "console", "dummy": "dummy", "file": "filebased"}
_email_backends |= {"smtp": "smtp", "smtps": "smtp"}
if _email.scheme not in _email_backends:
    raise ImproperlyConfigured(
        f"EMAIL_URL={EMAIL_URL!r}: write console:, dummy:, file:///folder or "
        "smtp(s)://user:password@host:port/?from=address."
    )
EMAIL_BACKEND = f"django.core.mail.backends.{_email_backends[_email.scheme]}.EmailBackend"
EMAIL_FILE_PATH = _email.path if _email.scheme == "file" else None
EMAIL_HOST, EMAIL_HOST_USER = _email.hostname or "localhost", _email.username or ""
EMAIL_HOST_PASSWORD = _email.password or ""
EMAIL_USE_SSL = _email.scheme == "smtps"
EMAIL_USE_TLS = _email.scheme == "smtp" and "tls=1" in _email.query
EMAIL_PORT = _email.port or (465 if EMAIL_USE_SSL else 25)
DEFAULT_FROM_EMAIL = f"{SITE_NAME} <no-reply@{_site.hostname}>"
EMAIL_TIMEOUT = 10

if not (DEBUG or DEMO):
    _defaults = {
        "SECRET_KEY": SECRET_KEY == DEVELOPMENT_SECRET,
        "LEDGER_KEY": bytes.fromhex(DEVELOPMENT_SEED) == LEDGER_KEY,
        "ALLOWED_HOSTS": not env.words("ALLOWED_HOSTS"),
        "EMAIL_URL": _email.scheme == "console",
    }
    if missing := [name for name, is_default in _defaults.items() if is_default]:
        raise ImproperlyConfigured(
            f"Set {', '.join(missing)}: the development default is only for DEBUG=1 or DEMO=1."
        )

INSTALLED_APPS = [
    "daphne",  # before staticfiles, so that runserver is Daphne's
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "channels",
    "allauth",
    "allauth.account",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "consultations",
]

MIDDLEWARE = [
    "consultations.kernel.middleware.ProxyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pads at random against BREACH; inside it, the ETag is of the page itself.
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "consultations.kernel.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "forum.urls"
ASGI_APPLICATION = "forum.asgi.application"
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
                "consultations.pages.context.site",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "consultations.templatetags.rembuk",
            ],
        },
    }
]

# Database: SQLite takes its write lock at BEGIN, so that lock order is the same on both.
DATABASE_URL = env.text("DATABASE_URL", f"sqlite:///{BASE_DIR / 'var' / 'rembuk.sqlite3'}")
DATABASES = {"default": dj_database_url.parse(DATABASE_URL)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["ENGINE"] = "forum.sqlite3"
    # The server's threads last, and opening the file anew costs a page more than its queries.
    DATABASES["default"]["CONN_MAX_AGE"] = None
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
        "PRAGMA foreign_keys=ON; PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY;",
    }
elif DATABASES["default"]["ENGINE"].endswith("postgresql"):
    DATABASES["default"]["ENGINE"] = "forum.postgresql"
    DATABASES["default"]["OPTIONS"] = DATABASES["default"].get("OPTIONS", {}) | {
        "prepare_threshold": 0,  # of what asks for it: Django's own cursors never do
        # A pool instead of CONN_MAX_AGE, which under ASGI exhausts the server's connections.
        "pool": {"min_size": 2, "max_size": 12, "timeout": 10},
    }
else:
    raise ImproperlyConfigured("DATABASE_URL: write sqlite:///path or postgres://….")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.text("REDIS_URL")
if REDIS_URL:
    CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {
                "hosts": [{"address": REDIS_URL, "socket_timeout": 5, "socket_connect_timeout": 1}]
            },
        }
    }
else:
    CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
# Per process on purpose: nothing in it is needed to be right, and a stopped Redis delays nobody.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# People and sessions
AUTH_USER_MODEL = "consultations.User"
AUTHENTICATION_BACKENDS = ["consultations.people.sessions.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_ENGINE = "consultations.people.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "consultations.people.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
# Mail is slow where lines are; both codes say "within 15 minutes".
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {"signup": "consultations.people.forms.SignupForm"}
# Guessing is limited by account; by address only so far that a hall full of people gets in.
ACCOUNT_RATE_LIMITS = RATE_LIMITS and {
    "login": "300/m/ip",
    "login_failed": "60/m/ip,5/300s/key",
    "request_login_code": "300/m/ip,3/m/key",
    "signup": "200/m/ip",
    "reset_password": "100/m/ip,5/m/key",
    "reset_password_from_key": "100/m/ip",
}

# Languages: Indonesian has no prefix, English stands under /en/.
LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "Asia/Jakarta"
FORMAT_MODULE_PATH = ["forum.formats"]

# Files
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = Path(env.text("MEDIA_ROOT", str(BASE_DIR / "var" / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "forum.static.HashedStaticFilesStorage"
    },
}
WHITENOISE_MAX_AGE = 60
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FILES = 500  # a folder of standards at once
# The server refuses longer bodies before Django sees them (forum/server.py).
BODY_LIMIT_BYTES = 1_000_000
# Where files are sent: (the whole path, without its query; bytes). The first that fits holds.
BODY_LIMITS = (
    (r"(/[a-z]{2})?/standards/[^/]+/[^/]+/keeping/publications/", 10_500_000),  # a photograph
    (r"(/[a-z]{2})?/standards/[^/]+/desk/import/", 60_000_000),  # a folder of documents
)

# Security
_is_https = _site.scheme == "https"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _is_https
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [f"{_site.scheme}://{_site.netloc}"]
CSRF_FAILURE_VIEW = "consultations.pages.errors.csrf_failure"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if _is_https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _is_https
SECURE_SSL_REDIRECT = False  # the proxy's business; Daphne speaks plain HTTP to it
SILENCED_SYSTEM_CHECKS = ["security.W008"]  # which is about that line
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"django.request": {"level": "ERROR"}, "daphne": {"level": "WARNING"}},
}
