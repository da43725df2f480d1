from forum.asgi import application as application  # isort: skip  sets Django up
import tests.live.site.wall  # noqa: F401
