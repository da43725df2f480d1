from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("consultations", "0007_figures_changed"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="legalact",
            name="is_repealed",
        ),
        migrations.AddField(
            model_name="legalact",
            name="gazette",
            field=models.CharField(blank=True, default="", max_length=80),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="legalact",
            name="status",
            field=models.CharField(
                blank=True,
                choices=[
                    ("revised", "Revised"),
                    ("replaced", "Replaced"),
                    ("repealed", "Repealed"),
                ],
                default="",
                max_length=8,
            ),
            preserve_default=False,
        ),
    ]
