"""Settings: from the environment alone. Every name is described in `docs/guide/settings.md`."""

from upswing.config.sqlite import choose_library

choose_library()  # before anything imports Django's SQLite backend

import os  # noqa: E402
from importlib.metadata import version  # noqa: E402
from pathlib import Path  # noqa: E402

from upswing.config import environment as env  # noqa: E402

os.umask(0o077)  # whatever is made in the data folder is for us alone
DATA_DIR = env.read("DATA_DIR", "", env.folder)
DEMO = "demo/demo.json"
"""Where the demo keeps what it was made from, inside the data folder."""
SECRET_KEY = env.read("SECRET_KEY", "", lambda text: env.secret_key(DATA_DIR, text))
SQLITE_JOURNAL = env.read("SQLITE_JOURNAL", "wal", env.journal)
DATABASES = {"default": env.read("DATABASE_URL", "", lambda url: env.database(url, DATA_DIR, SQLITE_JOURNAL))}
ALLOWED_HOSTS = env.read("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]", env.names)
INSECURE_HTTP = env.read("INSECURE_HTTP", "0", env.switch)
DEBUG = env.read("DEBUG", "0", env.switch)
TRUSTED_PROXIES = env.read("TRUSTED_PROXIES", "0", env.switch)
TIME_ZONE = env.read("TIME_ZONE", "UTC", env.zone)
PRIVATE_HOSTS = env.read("PRIVATE_HOSTS", "", env.names)

VERSION = version("upswing")
USE_TZ = True
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("da", "Dansk"), ("zh-hans", "简体中文"), ("ko", "한국어")]
LANGUAGE_COOKIE_NAME = "upswing_language"
LOCALE_PATHS = [Path(__file__).parents[1] / "locale"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "upswing.config.urls"
WSGI_APPLICATION = "upswing.config.wsgi.application"

INSTALLED_APPS = [
    "upswing.web.shared",  # pages first: their templates win over those of the packages below
    "upswing.web.signin",
    "upswing.web.home",
    "upswing.web.scorecard",
    "upswing.web.forecast",
    "upswing.web.overview",
    "upswing.web.team",
    "upswing.web.ranking",
    "upswing.web.metric",
    "upswing.web.looks",
    "upswing.web.disputes",
    "upswing.web.catalogue",
    "upswing.web.data",
    "upswing.web.imports",
    "upswing.web.export",
    "upswing.web.standards",
    "upswing.web.cards",
    "upswing.web.formulas",
    "upswing.web.stages",
    "upswing.web.industry",
    "upswing.web.rates",
    "upswing.web.quotes",
    "upswing.web.pipeline",
    "upswing.web.stalled",
    "upswing.web.targets",
    "upswing.web.access",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "django_htmx",
    "template_partials",
    "django_tasks",
    "django_tasks_db",
    "upswing.config",
    "upswing.people",
    "upswing.intake",
    "upswing.book",
    "upswing.ledger",
    "upswing.goals",
    "upswing.coaching",
]

MIDDLEWARE = [
    "upswing.web.shared.headers.SecurityHeaders",
    "upswing.api.problems.Problems",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "upswing.web.shared.reading.AskedOnce",
    "upswing.web.shared.language.InLanguage",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "upswing.web.shared.missing.MissingPages",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "upswing.web.shared.shell.shell",
            ],
        },
    }
]

# Sign-in
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "upswing.web.signin.adapter.ClosedAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/300s/key",
    "reset_password": "20/m/ip,5/m/key",
}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 << 20  # of a body that is no file, such as what the API is sent

# Login sessions and cookies
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not INSECURE_HTTP
SESSION_COOKIE_NAME = "upswing_session" if INSECURE_HTTP else "__Host-upswing_session"
CSRF_COOKIE_NAME = "upswing_csrf" if INSECURE_HTTP else "__Host-upswing_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_USE_SESSIONS = False
SECURE_HSTS_SECONDS = 0 if INSECURE_HTTP else 31_536_000
SECURE_REFERRER_POLICY = "same-origin"
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if TRUSTED_PROXIES else 0  # sign-in limits count the visitor, not the proxy
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# One cache for all workers: sign-in limits count across processes
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "upswing_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

# Jobs wait in the database: whoever asks for one asks in the same transaction
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Errors go to the terminal; what a person asked for and may not see is not one
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["terminal"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["terminal"], "level": "ERROR", "propagate": False}},
}

# Mail
DEFAULT_FROM_EMAIL = env.read("EMAIL_FROM", "upswing@localhost", str)
EMAIL = env.read("EMAIL_URL", "consolemail://", env.mail)
EMAIL_BACKEND, EMAIL_HOST, EMAIL_PORT = EMAIL.backend, EMAIL.host, EMAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_USE_SSL = EMAIL.user, EMAIL.password, EMAIL.tls

# Forms: the mapping page has two fields for each column of every file
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

# Static files
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

env.refuse_unknown()
