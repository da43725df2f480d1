"""Where the demo's consultation is found (DESIGN §9)."""

SLUG = "ktp-elektronik"
PAGE = f"/consultations/{SLUG}/"
COMMENTS = f"/consultations/{SLUG}/comments/"
EVENTS = f"/consultations/{SLUG}/events"
SOCKET = f"/ws/consultations/{SLUG}/"
BARE = "/bare/"
IMPORT = "/standards/disdukcapil-tirtasari/desk/import/"
