"""The small program behind a server that waits two seconds for a request's head, not fifteen."""

from forum import channel
from tests.forum.small_app import application as application

channel.HEADER_SECONDS = 2
