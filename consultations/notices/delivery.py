"""Sending notices out of the house, in the background.

A delivery belongs to one task, which commits together with it; a worker has a task for itself. So
two workers never send the same delivery, and whatever is repeated finds what was sent and leaves
it. Sending and noting it down cannot be one step: a worker killed between the two sends that one
message again, with the same Message-ID, by which mail servers and programs know it.
"""

import logging
from contextlib import suppress
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPServerDisconnected
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override
from django_tasks import task

from consultations.notices.enums import DeliveryState
from consultations.notices.kinds import kinds
from consultations.notices.models import Delivery, Notice
from consultations.notices.registries import Recipient, channels

EMAIL = "email"
# Waiting times between attempts; after the last one the notice stays in the inbox alone.
WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480)]
logger = logging.getLogger(__name__)


@task()
def deliver_notices(delivery_ids: list[int], attempt: int = 1) -> int:
    """Sends what is pending of these and enqueues itself anew for what did not get through.

    Returns how many were sent. Safe to repeat after it was cut off anywhere.
    """
    sent = _send(delivery_ids)
    with transaction.atomic():
        left = Delivery.objects.filter(pk__in=delivery_ids, state=DeliveryState.PENDING)
        if attempt > len(WAITS):
            left.update(state=DeliveryState.FAILED)
        elif ids := list(left.values_list("pk", flat=True)):
            again = deliver_notices.using(run_after=timezone.now() + WAITS[attempt - 1])
            again.enqueue(ids, attempt + 1)
    return sent


def _send(delivery_ids: list[int]) -> int:
    """Sends over one connection, as far as it holds."""
    connection, sent = get_connection(), 0
    recipients = _recipients(delivery_ids)
    try:
        connection.open()
        for pk in delivery_ids:
            sent += _deliver(pk, recipients, connection)
    except OSError as trouble:  # smtplib's errors are such, too
        logger.warning("The mail server cannot be reached: %s", trouble)
    finally:
        with suppress(OSError):  # it may be gone
            connection.close()
    return sent


def _deliver(pk: int, recipients: dict[int, Recipient], connection) -> bool:
    """One delivery: claimed and noted down in short transactions, sent outside of them, so that
    a slow mail server holds no lock."""
    delivery = _claim(pk)
    if delivery is None:
        return False
    recipient = recipients.get(delivery.notice.user_id)
    if recipient is None or delivery.notice.kind not in kinds:
        _note(pk, DeliveryState.FAILED)
        return False
    try:
        message = _message(delivery, recipient, connection)
    except Exception:  # a kind that fails to word one notice must not keep the others waiting
        logger.exception("Delivery %s cannot be worded", pk)
        _note(pk, DeliveryState.FAILED)
        return False
    try:
        message.send()
    except (SMTPRecipientsRefused, SMTPDataError) as refusal:
        if _is_final(refusal):
            _note(pk, DeliveryState.FAILED)
        return False
    except SMTPServerDisconnected:
        raise
    except (SMTPException, ValueError) as trouble:  # of this message alone
        logger.warning("Delivery %s did not get through: %s", pk, type(trouble).__name__)
        return False
    _note(pk, DeliveryState.SENT, timezone.now())
    return True


def _claim(pk: int) -> Delivery | None:
    with transaction.atomic():
        rows = Delivery.objects.select_for_update(of=("self",)).select_related("notice")
        delivery = rows.filter(pk=pk, state=DeliveryState.PENDING).first()
        if delivery is not None:
            delivery.attempts += 1
            delivery.save(update_fields=["attempts"])
        return delivery


def _note(pk: int, state: DeliveryState, sent_at: datetime | None = None) -> None:
    Delivery.objects.filter(pk=pk).update(state=state, sent_at=sent_at)


def _recipients(delivery_ids: list[int]) -> dict[int, Recipient]:
    users = Notice.objects.filter(deliveries__in=delivery_ids).values_list("user", flat=True)
    return channels[EMAIL](list(users))


def _message(delivery: Delivery, recipient: Recipient, connection) -> EmailMessage:
    notice, kind = delivery.notice, kinds[delivery.notice.kind]
    with override(recipient.language):
        title = " ".join(str(kind.title(notice)).split())
        context = {
            "title": title,
            "text": str(kind.text(notice)),
            "url": settings.SITE_URL + kind.url(notice),
            "site_name": settings.SITE_NAME,
            "site_url": settings.SITE_URL,
        }
        body = render_to_string("notices/email.txt", context)
    host = urlsplit(settings.SITE_URL).hostname
    headers = {
        "Message-ID": f"<notice-{delivery.pk}@{host}>",
        "Auto-Submitted": "auto-generated",
    }
    return EmailMessage(title, body, to=[recipient.address], headers=headers, connection=connection)


def _is_final(refusal: SMTPRecipientsRefused | SMTPDataError) -> bool:
    """A code of 500 and more says never, one of 400 and more says not now."""
    if isinstance(refusal, SMTPDataError):
        return refusal.smtp_code >= 500
    return all(code >= 500 for code, _reason in refusal.recipients.values())
