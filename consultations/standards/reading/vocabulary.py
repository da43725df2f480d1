"""Words by which documents are recognised, as data: another country adds its own here.

`SYNONYMS` and `GROUPS` go by the key of a component set. Spelling is as `names.plain_name` leaves
it: small letters, no punctuation, "/" as a space, "dan/atau" as "dan".
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SYNONYMS: dict[str, dict[str, tuple[str, ...]]] = {
    "id-2014": {
        "requirements": (
            "persyaratan",
            "persyaratan pelayanan",
            "persyaratan layanan",
            "persyaratan administrasi",
            "persyaratan teknis dan administratif",
            "persyaratan permohonan",
            "syarat",
            "syarat pelayanan",
            "syarat syarat",
        ),
        "procedure": (
            "prosedur",
            "prosedur pelayanan",
            "mekanisme",
            "mekanisme dan prosedur",
            "mekanisme pelayanan",
            "sistem mekanisme prosedur",
            "sistem mekanisme dan prosedur pelayanan",
            "sistem dan prosedur",
            "alur pelayanan",
        ),
        "processing-time": (
            "jangka waktu",
            "jangka waktu pelayanan",
            "jangka waktu penyelesaian pelayanan",
            "waktu penyelesaian",
            "waktu penyelesaian pelayanan",
            "lama pelayanan",
        ),
        "fee": (
            "biaya",
            "tarif",
            "biaya pelayanan",
            "tarif pelayanan",
            "biaya tarif pelayanan",
            "biaya dan tarif",
            "tarif biaya",
        ),
        "output": (
            "produk",
            "produk layanan",
            "hasil pelayanan",
            "produk spesifikasi jenis pelayanan",
            "spesifikasi produk pelayanan",
        ),
        "complaints": (
            "pengaduan",
            "penanganan pengaduan",
            "pengelolaan pengaduan",
            "pengaduan saran dan masukan",
            "penanganan pengaduan saran masukan",
            "penanganan pengaduan saran dan masukan apresiasi",
            "pengaduan layanan",
        ),
        "legal-basis": ("dasar hukum", "dasar hukum pelayanan", "landasan hukum"),
        "facilities": (
            "sarana dan prasarana",
            "sarana prasarana",
            "sarana prasarana dan fasilitas",
            "sarana dan prasarana fasilitas",
            "sarana prasarana fasilitas",
            "fasilitas",
            "sarpras",
        ),
        "staff-competence": (
            "kompetensi",
            "kompetensi petugas",
            "kompetensi pelaksana pelayanan",
            "kompetensi sdm",
        ),
        "internal-supervision": ("pengawasan", "pengawasan intern", "pengawasan melekat"),
        "number-of-staff": (
            "jumlah petugas",
            "jumlah pelaksana pelayanan",
            "jumlah personil",
            "jumlah pegawai",
        ),
        "service-guarantee": ("jaminan layanan",),
        "safety-guarantee": (
            "jaminan keamanan dan keselamatan",
            "jaminan keamanan",
            "jaminan keamanan keselamatan pelayanan",
            "keamanan dan keselamatan pelayanan",
        ),
        "performance-evaluation": (
            "evaluasi kinerja",
            "evaluasi kinerja pelayanan",
            "evaluasi pelaksana",
            "evaluasi kinerja petugas",
        ),
    },
}

# Headings over several components.
GROUPS: dict[str, tuple[str, ...]] = {
    "id-2014": (
        "service delivery",
        "manufacturing",
        "komponen service delivery",
        "komponen manufacturing",
        "komponen standar pelayanan",
        "proses penyampaian pelayanan",
        "proses penyampaian pelayanan service delivery",
        "pengelolaan pelayanan di internal organisasi",
        "proses pengelolaan pelayanan di internal organisasi manufacturing",
        "pengelolaan pelayanan di internal organisasi manufacturing",
        "komponen standar pelayanan yang terkait dengan proses penyampaian pelayanan",
        "komponen standar pelayanan yang terkait dengan proses penyampaian pelayanan service "
        "delivery",
        "komponen standar pelayanan yang terkait dengan proses pengelolaan pelayanan di internal "
        "organisasi manufacturing",
    ),
}

# What stands over the columns of a table.
NUMBER_COLUMNS = frozenset({"no", "nomor", "number", "no urut"})
COMPONENT_COLUMNS = frozenset(
    {
        "komponen",
        "komponen standar pelayanan",
        "komponen pelayanan",
        "komponen standar",
        "unsur",
        "component",
        "components",
    }
)
CONTENT_COLUMNS = frozenset(
    {"uraian", "keterangan", "isi", "penjelasan", "standar", "description", "uraian standar"}
)
SERVICE_COLUMNS = frozenset(
    {"jenis pelayanan", "jenis layanan", "nama pelayanan", "nama layanan", "pelayanan", "layanan"}
)

MONTHS = {
    "januari": 1,
    "january": 1,
    "jan": 1,
    "februari": 2,
    "pebruari": 2,
    "february": 2,
    "feb": 2,
    "peb": 2,
    "maret": 3,
    "march": 3,
    "mar": 3,
    "april": 4,
    "apr": 4,
    "mei": 5,
    "may": 5,
    "juni": 6,
    "june": 6,
    "jun": 6,
    "juli": 7,
    "july": 7,
    "jul": 7,
    "agustus": 8,
    "august": 8,
    "agt": 8,
    "agu": 8,
    "ags": 8,
    "aug": 8,
    "september": 9,
    "sept": 9,
    "sep": 9,
    "oktober": 10,
    "october": 10,
    "okt": 10,
    "oct": 10,
    "november": 11,
    "nopember": 11,
    "nov": 11,
    "nop": 11,
    "desember": 12,
    "december": 12,
    "des": 12,
    "dec": 12,
}

# What follows "Standar Pelayanan" where an agency is named, not a service.
AGENCIES = _words(
    "pada di dinas badan kantor kecamatan kelurahan desa puskesmas rumah rsud rsup uptd upt unit "
    "kabupaten kota provinsi pemerintah kementerian direktorat universitas fakultas politeknik "
    "sekolah madrasah polres polsek sekretariat inspektorat bagian balai pengadilan kejaksaan "
    "imigrasi lapas satuan perangkat lingkungan publik"
)

# Posts whose holder's name ends a decree.
SIGNERS = _words(
    "kepala camat lurah bupati walikota wali gubernur direktur rektor dekan menteri kapolres "
    "sekretaris ketua plt plh"
)

PROCEDURE_TITLES = (
    "standar operasional prosedur",
    "standard operasional prosedur",
    "standar operasional dan prosedur",
    "standard operating procedure",
    "standar prosedur operasional",
    "prosedur tetap",
)
# What the head and the tables of an SOP name, and no standard does (Permenpan RB 35/2012).
PROCEDURE_FIELDS = (
    "nomor sop",
    "no sop",
    "nama sop",
    "judul sop",
    "kualifikasi pelaksana",
    "keterkaitan",
    "peralatan perlengkapan",
    "pencatatan dan pendataan",
    "mutu baku",
    "tgl pembuatan",
    "tanggal pembuatan",
    "tgl revisi",
    "tanggal revisi",
    "tgl efektif",
    "tanggal efektif",
    "uraian prosedur",
)

# The commonest words of a language, by which it is told.
COMMON_WORDS = {
    "id": _words(
        "yang dan di untuk dari dengan pada atau dalam oleh ke tidak paling sejak surat "
        "pelayanan pemohon petugas hari kerja"
    ),
    "en": _words(
        "the and of to for in with or by from on not is are be at within days applicant "
        "service office"
    ),
}
