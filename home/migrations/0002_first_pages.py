"""What a new setting begins with: its first pages and their versions, who edits them, and the topics of its directory."""

from django.db import migrations
from django.utils import timezone

from home import first_words
from home.first_topics import TOPICS
from home.plain_words import words_of_information
from versions.actions import digest_of

PAGES = ["add_page", "change_page", "publish_page", "lock_page", "unlock_page"]
PICTURES = ["add_image", "choose_image"]
FORMS = ["add_form", "change_form"]


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


def permission(apps, app, model, codename):
    kind, _made = apps.get_model("contenttypes.ContentType").objects.get_or_create(app_label=app, model=model)
    words = "Can " + codename.replace("_", " ")
    found, _made = apps.get_model("auth.Permission").objects.get_or_create(
        content_type=kind, codename=codename, defaults={"name": words}
    )
    return found


def grant(apps, schema_editor):
    """Who edits pages: one group instead of Wagtail's two, with what an editor needs; nobody here may touch accounts."""
    for name in ("Workflow", "Task"):
        apps.get_model("wagtailcore", name).objects.all().delete()
    groups = apps.get_model("auth.Group").objects
    groups.filter(name="Moderators").delete()
    editors, _made = groups.get_or_create(name="Editors")
    editors.permissions.set(
        [
            permission(apps, "wagtailadmin", "admin", "access_admin"),
            *[permission(apps, "documents", "form", codename) for codename in FORMS],
        ]
    )
    on_pages = apps.get_model("wagtailcore.GroupPagePermission").objects
    on_pages.filter(group=editors).delete()
    home = apps.get_model("wagtailcore.Page").objects.get(depth=2)
    for codename in PAGES:
        on_pages.create(group=editors, page=home, permission=permission(apps, "wagtailcore", "page", codename))
    on_collections = apps.get_model("wagtailcore.GroupCollectionPermission").objects
    on_collections.filter(group=editors).delete()
    root = apps.get_model("wagtailcore.Collection").objects.get(depth=1)
    for codename in PICTURES:
        allowed = permission(apps, "wagtailimages", "image", codename)
        on_collections.create(group=editors, collection=root, permission=allowed)


def keep_versions(apps, schema_editor):
    """What versions.actions.keep_version does, with the models of this moment."""
    versions = apps.get_model("versions.PageVersion").objects
    for page in apps.get_model("home.InformationPage").objects.filter(live=True):
        if page.slug == "privacy" and not versions.filter(page_id=page.pk).exists():
            page.acknowledged_by = "families"
            page.save(update_fields=["acknowledged_by"])
        words = [list(part) for part in words_of_information(page.lead, page.body)]
        versions.get_or_create(
            page_id=page.pk,
            number=1,
            defaults={
                "title": page.title,
                "words": words,
                "digest": digest_of(page.title, words),
                "audience": "everyone",
                "asked": page.acknowledged_by,
                "is_material": True,
                "read_from": 1,
                "published_at": page.last_published_at or page.first_published_at,
            },
        )


def add_topics(apps, schema_editor):
    topics = apps.get_model("home.Topic").objects
    for place, (slug, name, words, sensitive) in enumerate(TOPICS, 1):
        first = {"name": name, "words": words, "sensitive": sensitive, "place": place * 10}
        topics.get_or_create(slug=slug, defaults=first)


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
        ("versions", "0001_initial"),
        ("documents", "0002_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailimages", "0027_image_description"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [
        migrations.RunPython(step, migrations.RunPython.noop, elidable=False)
        for step in (plant, grant, keep_versions, add_topics)
    ]
