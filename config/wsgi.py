"""What a web server such as gunicorn calls. It refuses to start where config/checks.py finds an error."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

from config.checks import refuse_unsafe_start  # noqa: E402  needs the settings that were just loaded

refuse_unsafe_start()
