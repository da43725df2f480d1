"""Private, throw-away PostgreSQL and Redis on free ports, for tests and for benchmarks.

with running_postgres() as database_url, running_redis() as redis_url: ...

python -m tests.services                    the whole suite (`make test`)
python -m tests.services pytest tests/live  one command with both in its environment
"""

from tests.services.packages import require_packages as require_packages
from tests.services.postgres import running_postgres as running_postgres
from tests.services.redis import running_redis as running_redis
