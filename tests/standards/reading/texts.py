"""Standards in the shapes of published ones, with their values. Agencies are invented."""

import json
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from consultations.standards.reading import ComponentNames

SET = "id-2014"
_CONTENT = json.loads((settings.BASE_DIR / "samples/component-sets/id-2014.json").read_text())
COMPONENTS = tuple(
    ComponentNames(part["key"], number, part["group"], part["name"])
    for number, part in enumerate(_CONTENT["components"], 1)
)


@dataclass(frozen=True)
class Text:
    """A standard as it is printed. `components`: key, name as it is printed, its items."""

    service: str
    agency: str
    number: str
    day: str
    dated_on: date
    components: tuple[tuple[str, str, tuple[str, ...]], ...]

    @property
    def words(self) -> dict[str, list[str]]:
        return {key: list(items) for key, _name, items in self.components}


KARTU_KELUARGA = Text(
    service="Penerbitan Kartu Keluarga Baru",
    agency="Dinas Kependudukan dan Pencatatan Sipil Kabupaten Tirtasari",
    number="188/31/438.5.12/2026",
    day="20 Oktober 2026",
    dated_on=date(2026, 10, 20),
    components=(
        (
            "requirements",
            "Persyaratan",
            (
                "Fotokopi kutipan akta nikah, akta perkawinan, atau akta perceraian;",
                "Surat keterangan pindah datang bagi penduduk yang pindah;",
                "Orang asing: fotokopi dokumen perjalanan dan KITAP;",
                "Formulir F-1.02 yang diisi lengkap.",
            ),
        ),
        (
            "procedure",
            "Sistem, Mekanisme dan Prosedur",
            (
                "Pemohon mengambil nomor antrean;",
                "Petugas memeriksa berkas dan mengajukan pencetakan;",
                "Kepala Dinas menandatangani secara elektronik;",
                "Kartu Keluarga dikirim melalui surat elektronik dengan PIN.",
            ),
        ),
        ("processing-time", "Jangka Waktu Pelayanan", ("Paling lama 3 (tiga) hari kerja.",)),
        ("fee", "Biaya / Tarif", ("GRATIS",)),
        ("output", "Produk Pelayanan", ("Kartu Keluarga",)),
        (
            "complaints",
            "Penanganan Pengaduan, Saran dan Masukan",
            ("Tatap muka di loket pengaduan;", "Telepon (0300) 000117;", "SP4N-LAPOR!"),
        ),
    ),
)

AKTA_KELAHIRAN = Text(
    service="Penerbitan Akta Kelahiran",
    agency="Dinas Kependudukan dan Pencatatan Sipil Kabupaten Tirtasari",
    number="060/02 TAHUN 2021",
    day="4 Januari 2021",
    dated_on=date(2021, 1, 4),
    components=(
        (
            "legal-basis",
            "Dasar Hukum",
            (
                "Undang-Undang Nomor 24 Tahun 2013 tentang Administrasi Kependudukan;",
                "Peraturan Presiden Nomor 96 Tahun 2018;",
                "Peraturan Menteri Dalam Negeri Nomor 9 Tahun 2016.",
            ),
        ),
        (
            "requirements",
            "Persyaratan",
            (
                "Surat keterangan lahir dari dokter atau bidan;",
                "Fotokopi KTP-el 2 (dua) orang saksi;",
                "Surat kuasa bermeterai bila dikuasakan.",
            ),
        ),
        (
            "procedure",
            "Prosedur",
            ("Pemohon mengisi formulir F-2.01;", "Petugas memverifikasi dan mencetak akta."),
        ),
        ("processing-time", "Waktu Penyelesaian", ("1 (satu) sampai 5 (lima) hari kerja",)),
        ("fee", "Tarif", ("Tidak dipungut biaya",)),
        ("output", "Produk Layanan", ("Kutipan Akta Kelahiran",)),
        ("complaints", "Pengaduan", ("Kotak saran", "Pesan ke 0811-0000-117")),
    ),
)

LEGALISASI_IJAZAH = Text(
    service="Legalisasi Ijazah",
    agency="Madrasah Aliyah Negeri Tirtasari",
    number="B-117/Ma.12/PP.00.6/01/2024",
    day="2 Januari 2024",
    dated_on=date(2024, 1, 2),
    components=(
        (
            "requirements",
            "Syarat",
            (
                "Ijazah asli;",
                "Fotokopi ijazah paling banyak 10 lembar;",
                "Surat kuasa bermeterai Rp10.000 bila diwakilkan.",
            ),
        ),
        (
            "procedure",
            "Sistem, mekanisme, dan prosedur",
            (
                "Pemohon menyerahkan berkas di PTSP;",
                "Petugas mencocokkan fotokopi dengan aslinya;",
                "Kepala madrasah mengesahkan.",
            ),
        ),
        ("processing-time", "Jangka waktu penyelesaian", ("30 menit",)),
        ("fee", "Biaya", ("Gratis",)),
        ("output", "Produk pelayanan", ("Fotokopi ijazah yang dilegalisasi",)),
        ("complaints", "Penanganan pengaduan", ("Datang langsung ke ruang pengaduan",)),
        (
            "legal-basis",
            "Dasar hukum",
            ("UU 25/2009", "PP 57/2021", "Keputusan Dirjen Pendis Nomor 5343 Tahun 2015"),
        ),
    ),
)

PINDAH_KELUAR = Text(
    service="Surat Keterangan Pindah Keluar",
    agency="Kecamatan Tirtasari Barat",
    number="138/011/KEC.TB/2022",
    day="22 Pebruari 2022",
    dated_on=date(2022, 2, 22),
    components=(
        ("legal-basis", "DASAR HUKUM", ("Perda Kota Medan Nomor 1 Tahun 2010",)),
        ("requirements", "PERSYARATAN", ("Pengantar desa;", "KTP dan KK asli.")),
        (
            "procedure",
            "SISTEM, MEKANISME & PROSEDUR",
            ("Pemohon datang ke loket;", "Kasi Yanum memverifikasi;", "Camat menandatangani."),
        ),
        ("processing-time", "JANGKA WAKTU", ("1 (satu) minggu",)),
        ("fee", "BIAYA/TARIF", ("Gratis",)),
        ("output", "PRODUK PELAYANAN", ("Surat Keterangan Pindah",)),
        ("complaints", "PENGADUAN, SARAN DAN MASUKAN", ("Kotak saran", "Telepon/WA 0811-0000-118")),
        (
            "facilities",
            "SARANA DAN PRASARANA",
            ("Ruang tunggu", "Komputer dan pencetak", "Toilet"),
        ),
        ("staff-competence", "KOMPETENSI PELAKSANA", ("Pendidikan paling rendah SMA",)),
        ("internal-supervision", "PENGAWASAN INTERNAL", ("Atasan langsung, berjenjang",)),
        ("number-of-staff", "JUMLAH PELAKSANA", ("5 (lima) orang",)),
        ("service-guarantee", "JAMINAN PELAYANAN", ("Sesuai maklumat pelayanan",)),
        (
            "safety-guarantee",
            "JAMINAN KEAMANAN DAN KESELAMATAN PELAYANAN",
            ("Arsip disimpan di ruang terkunci",),
        ),
        ("performance-evaluation", "EVALUASI KINERJA PELAKSANA", ("Satu kali setahun",)),
    ),
)

PENGANTAR_SKCK = Text(
    service="Surat Pengantar SKCK",
    agency="Kelurahan Sumberasri",
    number="060.1/117/SA/2024",
    day="11 Juni 2024",
    dated_on=date(2024, 6, 11),
    components=(
        ("requirements", "Persyaratan Pelayanan", ("Pengantar RT/RW", "Fotokopi KTP dan KK")),
        ("procedure", "Mekanisme dan Prosedur", ("Pemohon ke loket", "Lurah menandatangani")),
        ("processing-time", "Waktu Penyelesaian", ("10 menit",)),
        ("fee", "Biaya/Tarif", ("Tidak dipungut biaya",)),
        ("output", "Produk", ("Surat Pengantar SKCK",)),
        (
            "complaints",
            "Pengelolaan Pengaduan",
            (
                "Pengaduan ringan diselesaikan paling lama 2 hari kerja",
                "Pengaduan normatif paling lama 5 hari kerja",
            ),
        ),
    ),
)

INFORMASI_PUBLIK = Text(
    service="Permintaan Informasi Publik",
    agency="Sekretariat Daerah Kabupaten Tirtasari",
    number="188/7/438.1/2023",
    day="14 Nopember 2023",
    dated_on=date(2023, 11, 14),
    components=(
        ("legal-basis", "Dasar hukum", ("UU 14/2008", "UU 25/2009")),
        ("requirements", "Persyaratan", ("Surat resmi", "Mengisi buku tamu bagi yang datang")),
        ("procedure", "Sistem, mekanisme dan prosedur", ("Permintaan dicatat", "PPID menjawab")),
        (
            "processing-time",
            "Jangka waktu penyelesaian",
            ("10 hari kerja, dapat diperpanjang 7 hari kerja",),
        ),
        ("fee", "Biaya/tarif", ("Tidak dipungut biaya",)),
        ("output", "Produk pelayanan", ("Salinan informasi",)),
        (
            "complaints",
            "Penanganan pengaduan, saran, dan masukan",
            ("Keberatan kepada atasan PPID",),
        ),
    ),
)

TEXTS = (
    KARTU_KELUARGA,
    AKTA_KELAHIRAN,
    LEGALISASI_IJAZAH,
    PINDAH_KELUAR,
    PENGANTAR_SKCK,
    INFORMASI_PUBLIK,
)
