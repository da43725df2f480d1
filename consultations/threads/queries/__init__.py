"""Reads about comments: what posting needs, and threads as pages show them."""

from consultations.threads.queries.threads import Counts as Counts
from consultations.threads.queries.threads import Thread as Thread
from consultations.threads.queries.threads import comments_by_number as comments_by_number
from consultations.threads.queries.threads import counts_by_wording as counts_by_wording
from consultations.threads.queries.threads import counts_on as counts_on
from consultations.threads.queries.threads import get_comment as get_comment
from consultations.threads.queries.threads import thread_of as thread_of
from consultations.threads.queries.threads import thread_page as thread_page
from consultations.threads.queries.threads import threads_of_wordings as threads_of_wordings
