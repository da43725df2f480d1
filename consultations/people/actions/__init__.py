"""Every change to people, their contacts, agencies and posts.

`actor=None` means the program itself: a command that loads data, or somebody who signs up.
"""

from consultations.people.actions.agencies import appoint as appoint
from consultations.people.actions.agencies import change_review_months as change_review_months
from consultations.people.actions.agencies import create_agency as create_agency
from consultations.people.actions.agencies import create_post as create_post
from consultations.people.actions.agencies import end_grant as end_grant
from consultations.people.actions.agencies import end_holding as end_holding
from consultations.people.actions.agencies import grant_role as grant_role
from consultations.people.actions.contacts import add_contact as add_contact
from consultations.people.actions.contacts import keep_contacts as keep_contacts
from consultations.people.actions.contacts import lose_contact as lose_contact
from consultations.people.actions.contacts import remove_contact as remove_contact
from consultations.people.actions.contacts import verify_contact as verify_contact
from consultations.people.actions.users import change_profile as change_profile
from consultations.people.actions.users import create_user as create_user
from consultations.people.actions.users import end_sessions as end_sessions
from consultations.people.actions.users import erase_person as erase_person
from consultations.people.actions.users import register as register
from consultations.people.actions.users import restore as restore
from consultations.people.actions.users import suspend as suspend
