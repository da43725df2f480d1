"""Remarks of the agency's own people are known in the comment's row; edits know
their headings; a changed key signs the same head anew."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consultations", "0001_initial")]

    operations = [
        migrations.RemoveIndex(model_name="comment", name="comment_counts"),
        migrations.AddField(
            model_name="comment",
            name="is_official",
            field=models.BooleanField(default=False),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                fields=[
                    "consultation",
                    "wording",
                    "state",
                    "is_official",
                    "answered_at",
                    "stance",
                ],
                name="comment_counts",
            ),
        ),
        migrations.AddField(
            model_name="change",
            name="heading_before",
            field=models.CharField(blank=True, default="", max_length=200),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="change",
            name="heading_after",
            field=models.CharField(blank=True, default="", max_length=200),
            preserve_default=False,
        ),
        migrations.RemoveConstraint(model_name="checkpoint", name="checkpoint_once"),
        migrations.AddConstraint(
            model_name="checkpoint",
            constraint=models.UniqueConstraint(
                fields=("log", "epoch", "seq", "key_id"), name="checkpoint_once"
            ),
        ),
    ]
