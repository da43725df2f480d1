"""What tests share that is no fixture; the fixtures stand in tests/conftest.py."""

from tests.support.browsing import axe as axe
from tests.support.browsing import sign_in as sign_in
from tests.support.client import Answer as Answer
from tests.support.client import Client as Client
from tests.support.servers import Server as Server
from tests.support.waiting import wait_until as wait_until
