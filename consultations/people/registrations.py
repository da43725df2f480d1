"""What people take part in further down, and who is told of them. Loaded when the app starts."""

from consultations.live.actions import close_sockets
from consultations.people import accounts as accounts
from consultations.people import addresses as addresses
from consultations.people import privacy as privacy
from consultations.people import reaching as reaching
from consultations.people import record as record
from consultations.people.registries import access_changed

access_changed.register("sockets")(close_sockets)
