import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('consultations', '0004_explanations_with_the_words'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='plainquestion',
            options={'ordering': ['revision', 'position']},
        ),
        migrations.RemoveConstraint(
            model_name='plainquestion',
            name='plainquestion_order',
        ),
        migrations.RemoveField(
            model_name='consultationdraft',
            name='summary',
        ),
        migrations.RemoveField(
            model_name='plainquestion',
            name='draft',
        ),
        migrations.AlterField(
            model_name='plainquestion',
            name='revision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='consultations.revision'),
        ),
        migrations.AddConstraint(
            model_name='plainquestion',
            constraint=models.UniqueConstraint(fields=('revision', 'position'), name='plainquestion_order'),
        ),
    ]
