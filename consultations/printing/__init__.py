"""Printed papers: accessible, archivable PDF out of a template and plain data."""

from consultations.printing.days import long_day as long_day
from consultations.printing.days import plain_day as plain_day
from consultations.printing.engine import Paper as Paper
from consultations.printing.engine import print_pdf as print_pdf
from consultations.printing.qr import qr_svg as qr_svg
