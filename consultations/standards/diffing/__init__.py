"""Differences between words: by whole words, numbers and terms, never letters."""

from consultations.standards.diffing.blame import Origin as Origin
from consultations.standards.diffing.blame import blame as blame
from consultations.standards.diffing.hunks import Hunk as Hunk
from consultations.standards.diffing.hunks import diff_html as diff_html
from consultations.standards.diffing.hunks import diff_words as diff_words
from consultations.standards.diffing.hunks import similarity as similarity
from consultations.standards.diffing.merging import Merge as Merge
from consultations.standards.diffing.merging import Region as Region
from consultations.standards.diffing.merging import merge_three_ways as merge_three_ways
