"""What happened at Hazel Lane in the last weeks: each app tells its own part in its `demo.py`, through its actions."""

import sys

from django.apps import apps
from django.utils.module_loading import autodiscover_modules

from portal.demo import families


def tell(cast, say=lambda words: None):
    """Tell the whole story, once; `cast` is that of portal.demo.cast. `say` hears what comes next.

    The apps come in the order of INSTALLED_APPS, lower layers first: a page of the journal needs the consents.
    """
    say("Families and children")
    families.tell(cast)
    autodiscover_modules("demo")
    for app in apps.get_app_configs():
        add_demo = getattr(sys.modules.get(f"{app.name}.demo"), "add_demo", None)
        if add_demo:
            say(str(app.verbose_name).partition(":")[0])
            add_demo(cast)
