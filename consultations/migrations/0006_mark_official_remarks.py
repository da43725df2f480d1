"""Comments of before are marked by the voice that said them. Data only; the column goes with 0002."""

from django.db import migrations


def mark(apps, schema_editor):
    comments = apps.get_model("consultations", "Comment").objects.using(
        schema_editor.connection.alias
    )
    comments.filter(participant__is_organiser=True).update(is_official=True)


class Migration(migrations.Migration):
    dependencies = [("consultations", "0005_explanations_moved")]

    operations = [migrations.RunPython(mark, migrations.RunPython.noop, elidable=True)]
