"""What a draft changes for people stands with its revision, not with the consultation on it."""

from django.db import migrations


def to_revisions(apps, schema_editor):
    draft_model = apps.get_model("consultations", "ConsultationDraft")
    for draft in draft_model.objects.select_related("revision").iterator():
        draft.revision.summary = draft.summary
        draft.revision.save(update_fields=["summary"])
        draft.questions.update(revision=draft.revision)


def to_drafts(apps, schema_editor):
    draft_model = apps.get_model("consultations", "ConsultationDraft")
    for draft in draft_model.objects.select_related("revision").iterator():
        draft.summary = draft.revision.summary
        draft.save(update_fields=["summary"])
        draft.revision.questions.update(draft=draft)


class Migration(migrations.Migration):

    dependencies = [
        ("consultations", "0003_standards_in_full"),
    ]

    operations = [
        migrations.RunPython(to_revisions, to_drafts),
    ]
