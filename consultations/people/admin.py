"""The operator's view of people: to look, not to change. Changes go through the actions, which
check and record them. Contacts and addresses are nobody's business here."""

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.models import Group

from consultations.kernel.admin import ReadOnlyAdmin
from consultations.people.models import Agency, Post, PostHolding, RoleGrant, User

# The same door for everybody: its limits on guessing, and later its second factor.
admin.site.login = secure_admin_login(admin.site.login)
# allauth is loaded before us and would show everybody's address to all operators.
admin.site.unregister(EmailAddress)
# Groups and their permissions would be a way round the roles of posts.
admin.site.unregister(Group)


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    list_display = ("id", "public_name", "language", "is_active", "is_superuser", "joined_at")
    list_filter = ("is_active", "is_superuser", "language")
    search_fields = ("public_name",)
    ordering = ("-id",)
    fields = ("public_name", "language", "is_active", "is_superuser", "joined_at", "last_login")


@admin.register(Agency)
class AgencyAdmin(ReadOnlyAdmin):
    list_display = ("id", "slug", "name", "parent", "region", "time_zone")
    list_select_related = ("parent",)
    search_fields = ("slug", "name", "region")


@admin.register(Post)
class PostAdmin(ReadOnlyAdmin):
    list_display = ("id", "title", "agency")
    list_select_related = ("agency",)
    search_fields = ("title", "agency__name")


@admin.register(PostHolding)
class PostHoldingAdmin(ReadOnlyAdmin):
    list_display = ("id", "official_name", "post", "capacity", "starts_on", "ends_on")
    list_select_related = ("post",)
    search_fields = ("official_name",)


@admin.register(RoleGrant)
class RoleGrantAdmin(ReadOnlyAdmin):
    list_display = ("id", "role", "agency", "post", "starts_on", "ends_on")
    list_select_related = ("agency", "post")
    list_filter = ("role",)
