"""The record's rows. Only `ledger.actions` writes them; nothing changes or deletes an entry."""

from django.db import models

from consultations.ledger.enums import Side


class Log(models.Model):
    """One gap-free, hash-chained sequence of entries, and its head.

    Whoever appends holds a lock on this row, so the order of entries is the order of commits.
    """

    kind = models.CharField(max_length=20)  # what owns it: consultation, standard, agency, site
    key = models.CharField(max_length=120)  # which one: its slug or path, never personal
    side = models.CharField(max_length=6, choices=Side, default=Side.PUBLIC)
    twin = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="staff_log"
    )  # the public log that a staff log stands beside
    epoch = models.PositiveIntegerField(default=1)  # raised when a restore may have lost entries
    head_seq = models.PositiveBigIntegerField(default=0)
    head_hash = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key", "side"], name="log_one_per_owner")
        ]

    def __str__(self):
        return f"{self.kind}:{self.key} ({self.side})"


class Entry(models.Model):
    """One thing that happened. `body` holds its canonical bytes verbatim; the chain is over them.

    `type`, `at` and `subject` repeat what stands in `body`, so that they can be searched;
    verifying compares them.
    """

    log = models.ForeignKey(Log, models.PROTECT, related_name="entries")
    seq = models.PositiveBigIntegerField()
    type = models.CharField(max_length=60)
    subject = models.CharField(max_length=120, blank=True)  # "comment:187"
    at = models.DateTimeField()
    epoch = models.PositiveIntegerField()
    format_version = models.PositiveSmallIntegerField(default=1)
    algorithm = models.CharField(max_length=10, default="sha256")
    body = models.TextField()
    hash = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)  # Ed25519 over the head that this entry made

    class Meta:
        ordering = ["log", "seq"]
        constraints = [models.UniqueConstraint(fields=["log", "seq"], name="entry_seq_once")]
        indexes = [models.Index(fields=["log", "type", "seq"], name="entry_by_type")]

    def __str__(self):
        return f"{self.log_id}/{self.seq} {self.type}"


class ContentSalt(models.Model):
    """The salt of one digested content of an entry. Erasing both leaves the chain whole."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="salts")
    name = models.CharField(max_length=40)  # which content: body, proposed_text, …
    salt = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "name"], name="contentsalt_one_per_content")
        ]

    def __str__(self):
        return f"{self.entry_id} {self.name}"


class Checkpoint(models.Model):
    """A signed head, kept for good and published, so that anyone can hold one outside."""

    log = models.ForeignKey(Log, models.PROTECT, related_name="checkpoints")
    epoch = models.PositiveIntegerField()
    seq = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)
    at = models.DateTimeField()
    key_id = models.CharField(max_length=16)
    signature = models.CharField(max_length=128)

    class Meta:
        ordering = ["log", "epoch", "seq"]
        constraints = [
            models.UniqueConstraint(
                fields=["log", "epoch", "seq", "key_id"], name="checkpoint_once"
            )
        ]

    def __str__(self):
        return f"{self.log_id}/{self.seq}"
