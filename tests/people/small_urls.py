from django.contrib import admin
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.http import HttpResponse
handler400 = "consultations.pages.errors.bad_request"
handler403 = "consultations.pages.errors.permission_denied"
handler404 = "consultations.pages.errors.page_not_found"
handler500 = "consultations.pages.errors.server_error"
urlpatterns = [
    path("operator/", admin.site.urls),
    *i18n_patterns(path("accounts/", include("allauth.urls")), path("", include("consultations.notices.urls")),
    path("", lambda r: HttpResponse("home"), name="home"), path("me/", lambda r: HttpResponse("me"), name="me"), prefix_default_language=False)]
