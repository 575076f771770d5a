"""The page tree of a new setting: home page, notices, privacy notice and accessibility statement."""

from django.db import migrations
from django.utils import timezone

from home import first_words


def add_page(apps, model, parent, number, title, slug, **words):
    """A published page under `parent` as its `number`th child; treebeard's columns are filled in by hand in a migration."""
    app, name = model._meta.app_label, model._meta.model_name
    kind, _made = apps.get_model("contenttypes.ContentType").objects.get_or_create(app_label=app, model=name)
    now = timezone.now()
    page = model.objects.create(
        title=title,
        draft_title=title,
        slug=slug,
        content_type=kind,
        path=f"{parent.path}{number:04d}",
        depth=parent.depth + 1,
        url_path=f"{parent.url_path}{slug}/" if parent.depth > 1 else f"/{slug}/",
        locale=apps.get_model("wagtailcore.Locale").objects.first(),
        first_published_at=now,
        last_published_at=now,
        **words,
    )
    apps.get_model("wagtailcore.Page").objects.filter(path=parent.path).update(numchild=number)
    return page


def plant(apps, schema_editor):
    """Put our home page where Wagtail's welcome page stood."""
    pages = apps.get_model("wagtailcore.Page").objects
    pages.filter(depth__gt=1).delete()
    root = pages.get(depth=1)
    home = add_page(apps, apps.get_model("home.HomePage"), root, 1, "Welcome", "home", welcome=first_words.WELCOME)
    information = apps.get_model("home.InformationPage")
    add_page(apps, apps.get_model("home.NoticesPage"), home, 1, "Notices", "notices")
    add_page(
        apps, information, home, 2, "Privacy notice", "privacy", lead=first_words.PRIVACY_LEAD, body=first_words.PRIVACY
    )
    add_page(
        apps,
        information,
        home,
        3,
        "Accessibility statement",
        "accessibility",
        lead=first_words.ACCESSIBILITY_LEAD,
        body=first_words.ACCESSIBILITY,
    )
    sites = apps.get_model("wagtailcore.Site").objects
    sites.all().delete()
    sites.create(hostname="localhost", port=80, root_page_id=home.pk, is_default_site=True)


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(plant, migrations.RunPython.noop, elidable=False)]
