"""One settings file for every place; what differs between places comes from the environment (config/env.py)."""

from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config import env

BASE_DIR = env.BASE_DIR
DEMO = env.flag("BIGBOOK_DEMO")
DEBUG = env.flag("DEBUG")

# Everything the program writes lives here: database, private files, public pictures, keys.
DATA_DIR = env.folder("DATA_DIR", "var/demo" if DEMO else "var/live")
KEYS_DIR = DATA_DIR / "keys"
FILES_DIR = DATA_DIR / "files"

SECRET_KEY = env.secret("SECRET_KEY", KEYS_DIR, make=DEMO) or "missing"
SITE_URL = env.text("SITE_URL", f"http://127.0.0.1:{env.text('PORT', '8000')}").rstrip("/")
HTTPS = SITE_URL.startswith("https://")
ALLOWED_HOSTS = env.words("BIGBOOK_HOSTS", urlsplit(SITE_URL).hostname + ",127.0.0.1,localhost")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# Lower layers first: what the apps add to a page, and the demo's story, come in this order where nothing else is said.
INSTALLED_APPS = [
    "records",
    "people.accounts",
    "people.families",
    "people.setting",
    "people.mail",
    "versions",
    "documents",
    "home",
    "procedures",  # what it tells families links to pages of home
    "portal",
    "portal.journal",
    "portal.book",
    "portal.progress",
    "portal.complaints",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.images",
    "wagtail.contrib.redirects",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_otp",
    "django_otp_webauthn",
    "axes",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",  # the templates of its widgets
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "records.middleware.each_request",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "people.accounts.second_factor.SecondFactor",
    "people.accounts.known_device.remember_device",
    "people.accounts.middleware.idle_sessions",
    "people.accounts.middleware.room_tablet",
    "people.accounts.middleware.kept_sessions",
    "people.accounts.middleware.signed_out_elsewhere",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "people.accounts.middleware.second_factor",
    "people.accounts.middleware.fence_around_the_cms",
    "people.accounts.middleware.pages_of_verbs",
    "people.accounts.middleware.held_forms",
    "people.accounts.drafts.drafts_on_pages",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "home.middleware.words_that_moved",
]

# For `make dev` alone: it shows the queries of whoever's page it is (config/checks.py refuses it anywhere else).
if env.flag("BIGBOOK_TOOLBAR"):
    INSTALLED_APPS.append("debug_toolbar")
    MIDDLEWARE.insert(1, "debug_toolbar.middleware.DebugToolbarMiddleware")
    INTERNAL_IPS = ["127.0.0.1"]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

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
                "people.setting.context.around_the_page",
            ],
        },
    }
]

FORM_RENDERER = "config.form_renderer.FormRenderer"

# SQLite by default. IMMEDIATE and FULL are what keeps an acknowledged row through a power cut (docs/decisions/0002).
SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,  # seconds that a writer waits for its turn
    # With recursive_triggers, REPLACE asks the triggers that refuse to remove a line of the audit chain.
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;PRAGMA recursive_triggers=ON;",
}
DATABASES = {"default": dj_database_url.parse(env.text("DATABASE_URL", f"sqlite:///{DATA_DIR / 'bigbook.sqlite3'}"))}
# Kept open between requests: SQLite reads the schema of 150 tables anew for each connection (docs/decisions/0035).
DATABASES["default"] |= {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE

# Who may come in.
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["people.accounts.passwords.Argon2"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "people.accounts.passwords.LongEnough"},
    {"NAME": "people.accounts.passwords.NotCommon"},
    {"NAME": "people.accounts.passwords.NotOurWords"},
]
LOGIN_URL = "people:sign_in"
LOGIN_REDIRECT_URL = "today"
LOGOUT_REDIRECT_URL = "/"
# A passkey belongs to a host name. On this machine alone that is localhost: 127.0.0.1 is no name.
_HOST = urlsplit(SITE_URL).hostname or "localhost"
OTP_WEBAUTHN_RP_ID = "localhost" if _HOST.replace(".", "").isdigit() else _HOST
OTP_WEBAUTHN_RP_NAME = "Big Book"
OTP_WEBAUTHN_ALLOWED_ORIGINS = [SITE_URL if HTTPS else f"http://localhost:{urlsplit(SITE_URL).port or 80}"]
OTP_WEBAUTHN_ALLOW_PASSWORDLESS_LOGIN = False
OTP_TOTP_ISSUER = "Big Book"

SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"
IDLE_MINUTES_STAFF = 15
IDLE_MINUTES_FAMILY = 30
IDLE_MINUTES_TABLET = 5
TABLET_COOKIE_NAME = "__Host-tablet" if HTTPS else "tablet"
FRESH_PROOF_MINUTES = 15
CSRF_FAILURE_VIEW = "people.accounts.errors.csrf_failure"

AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 5 / 60  # hours
# A name, from wherever its wrong tries come; people/accounts/known_device.py keeps its owner from being locked out and counts a
# network's tries over all names, so the advice of axes.W006 (count each address apart) would only give more tries.
AXES_LOCKOUT_PARAMETERS = ["username"]
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
AXES_CLIENT_IP_CALLABLE = "people.accounts.known_device.network_of"
AXES_USERNAME_CALLABLE = "people.accounts.sign_in.name_for_throttling"
AXES_USERNAME_FORM_FIELD = "email"
AXES_LOCKOUT_CALLABLE = "people.accounts.sign_in.too_many_tries"
AXES_ENABLE_ADMIN = False
AXES_DISABLE_ACCESS_LOG = True
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False

# What the browser is told.
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("BEHIND_PROXY") else None
# How many proxies of our own stand in front and add to X-Forwarded-For; what a visitor writes there never counts.
TRUSTED_PROXIES = int(env.text("TRUSTED_PROXIES", "1" if env.flag("BEHIND_PROXY") else "0"))
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY = {
    feature: []
    for feature in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "microphone",
        "payment",
        "usb",
    )
}

# Words and time.
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/London"
USE_I18N = USE_TZ = True

# Files. Children's photographs and papers never come near MEDIA_ROOT: they live in FILES_DIR behind records.files.
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.static_files.HashedFiles"},
}
WHITENOISE_USE_FINDERS = not (STATIC_ROOT / "staticfiles.json").exists()  # `manage.py serve` collects them
MEDIA_URL = "/pictures/"
MEDIA_ROOT = DATA_DIR / "media"
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 100  # a policy folder chosen file by file

# Mail leaves through the scheduler only. In the demo it stays on a page of the portal and can go nowhere else.
EMAIL_BACKEND = "people.mail.mail_backend.OnlyOurs"
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = int(env.text("EMAIL_PORT", "465"))
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_SSL = env.flag("EMAIL_USE_SSL", default=True)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "portal@example.org")
# The letter box of that address, where mail comes back to: imaps://name:password@server/box. The demo sends and reads none.
RETURNED_MAIL = "" if DEMO else env.text("RETURNED_MAIL")

# The organisation's seal: two paths for a bought certificate, or our own made on first start.
SEAL_KEY = env.text("SEAL_KEY")
SEAL_CERTIFICATE = env.text("SEAL_CERTIFICATE")

# Signposting: may the scheduler try the agencies' websites? And where "Leave this page quickly" leads.
CHECK_LINKS = env.flag("CHECK_LINKS")
LEAVE_FOR = env.text("LEAVE_FOR", "https://www.bbc.co.uk/weather")

WAGTAIL_SITE_NAME = "Big Book (a demo: everybody in it is invented)" if DEMO else "Big Book"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_LOGIN_URL = "/sign-in/"
WAGTAIL_FRONTEND_LOGIN_URL = "/sign-in/"
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "heic", "heif"]
WAGTAILIMAGES_IMAGE_FORM_BASE = "home.picture_forms.PictureForm"
WAGTAILADMIN_UNSAFE_PAGE_DELETION_LIMIT = 5
TAGGIT_CASE_INSENSITIVE = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"quiet": {"()": "records.quiet.LeavesOutQuietAddresses"}},
    "loggers": {"django.request": {"filters": ["quiet"]}, "django.security": {"filters": ["quiet"]}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
