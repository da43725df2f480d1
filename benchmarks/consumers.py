"""The textbook's way to be live: one consumer for each viewer, which gets the content through the
channel layer and renders it for its viewer. For comparison only."""

from datetime import datetime

from asgiref.sync import async_to_sync
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from channels.layers import get_channel_layer
from django.template.loader import render_to_string

from consultations.ledger.models import Entry, Log
from consultations.ledger.queries import data_of
from consultations.ledger.registries import after_commit
from consultations.people.models import Agency
from consultations.proceedings.models import Consultation, Participant
from consultations.threads.models import Comment


def group_of(slug: str) -> str:
    return f"textbook.{slug}"


@after_commit.register("textbook")
def announce(log: Log) -> None:
    """As a signal handler does in tutorials: the content goes to the group at once."""
    entry = Entry.objects.get(log=log, seq=log.head_seq)
    if entry.type != "comment.posted":
        return
    data = data_of(entry)
    comment = Comment.objects.select_related("participant").get(
        consultation__log=log, number=data["number"]
    )
    message = {
        "type": "comment.posted",
        "event": {"seq": entry.seq, "type": entry.type, "at": entry.at.isoformat(), "data": data},
        "comment": {
            "number": comment.number,
            "stance": comment.stance,
            "body": comment.body,
            "language": comment.language,
            "state": comment.state,
            "occurred_at": comment.occurred_at.isoformat(),
        },
        "participant": {
            "number": comment.participant.number,
            "public_name": comment.participant.public_name,
        },
    }
    async_to_sync(get_channel_layer().group_send)(group_of(log.key), message)


class Viewer(AsyncJsonWebsocketConsumer):
    async def connect(self):
        self.slug = self.scope["url_route"]["kwargs"]["slug"]
        self.groups.append(group_of(self.slug))
        await self.channel_layer.group_add(group_of(self.slug), self.channel_name)
        await self.accept()
        await self.send_json({"v": 1, "events": []})

    async def comment_posted(self, message):
        html = render_to_string("threads/_comment.html", {"comment": self.comment_of(message)})
        await self.send_json({"v": 1, "events": [message["event"] | {"html": html}]})

    def comment_of(self, message) -> Comment:
        """As the template wants it, without asking the database a thousand times."""
        fields = message["comment"]
        return Comment(
            consultation=Consultation(slug=self.slug, agency=Agency()),
            participant=Participant(**message["participant"]),
            **fields | {"occurred_at": datetime.fromisoformat(fields["occurred_at"])},
        )
