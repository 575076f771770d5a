"""Who edits pages: one group, with what an editor needs and no more. Nobody here may touch accounts."""

from django.db import migrations

PAGES = ["add_page", "change_page", "publish_page", "lock_page", "unlock_page"]
PICTURES = ["add_image", "choose_image"]
FORMS = ["add_form", "change_form"]


def permission(apps, app, model, codename):
    kind, _made = apps.get_model("contenttypes.ContentType").objects.get_or_create(app_label=app, model=model)
    words = "Can " + codename.replace("_", " ")
    found, _made = apps.get_model("auth.Permission").objects.get_or_create(
        content_type=kind, codename=codename, defaults={"name": words}
    )
    return found


def grant(apps, schema_editor):
    """Wagtail's two groups of the first day become our one; its ready-made workflow goes with the second."""
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


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0002_first_pages"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailimages", "0027_image_description"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop, elidable=False)]
