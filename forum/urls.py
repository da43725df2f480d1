from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from consultations.pages import health

handler400 = "consultations.pages.errors.bad_request"
handler403 = "consultations.pages.errors.permission_denied"
handler404 = "consultations.pages.errors.page_not_found"
handler500 = "consultations.pages.errors.server_error"

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("operator/", admin.site.urls),
    *i18n_patterns(
        path("accounts/", include("allauth.urls")),
        path("", include("consultations.urls")),
        prefix_default_language=False,
    ),
]
