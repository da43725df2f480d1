from whitenoise.storage import CompressedManifestStaticFilesStorage

from forum.bundling import BundledCssMixin


class HashedStaticFilesStorage(BundledCssMixin, CompressedManifestStaticFilesStorage):
    """Hashed names and compressed copies, also for what ES modules import from each other."""

    support_js_module_import_aggregation = True
    keep_intermediate_files = False
