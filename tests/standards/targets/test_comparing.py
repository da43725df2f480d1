"""Two targets of one clause: what changed, and what it means for the citizen."""

import pytest

from consultations.standards.targets import compare_stored
from tests.standards.targets.examples import (
    SINCE,
    STAFF,
    UU_25,
    both,
    channel,
    channels,
    citations,
    document,
    documents,
    fee,
    fees,
    hours,
    product,
    rule,
    time,
)

SPOT = {"kind": "time", "on_the_spot": True}
LOST = {"condition": both("bila hilang", "if it was lost")}
KK, NIKAH = document("KK", form="original"), document("Akta nikah", form="copy", count=2)
CARD = product("KTP-el", formats=["card"])
FIVE = {"value": 5, "unit": "years"}

COMPARED = [
    (time(14), time(7), "better", "14 → 7 hari kerja: lebih cepat 7 hari kerja"),
    (time(3), time(5), "worse", "3 → 5 hari kerja: lebih lama 2 hari kerja"),
    (
        time(14, bound="at_most"),
        time(7, bound="at_most"),
        "better",
        "paling lama 14 → 7 hari kerja: lebih cepat 7 hari kerja",
    ),
    (
        time(7),
        time(3, up_to=4),
        "better",
        "7 → 3–4 hari kerja: lebih cepat 3 hari kerja",
    ),
    (
        time(3, up_to=4),
        time(2, up_to=4),
        "better",
        "3–4 → 2–4 hari kerja: lebih cepat 1 hari kerja",
    ),
    (time(7), time(7, bound="at_most"), "changed", "7 hari kerja → paling lama 7 hari kerja"),
    (time(7), time(7, bound="at_least"), "changed", "7 hari kerja → paling cepat 7 hari kerja"),
    (time(90, "minutes"), time(1, "hours"), "better", "90 menit → 1 jam: lebih cepat 30 menit"),
    (time(1, "days"), time(36, "hours"), "worse", "1 hari → 36 jam: lebih lama 12 jam"),
    (time(60, "minutes"), time(1, "hours"), "changed", "60 menit → 1 jam"),
    # A working day is no fixed number of days: only what is certain is called faster.
    (time(14), time(7, "days"), "better", "14 hari kerja (≈ 20 hari) → 7 hari: lebih cepat"),
    (time(14), time(18, "days"), "changed", "14 hari kerja (≈ 20 hari) → 18 hari"),
    (time(7, "days"), time(7), "changed", "7 hari → 7 hari kerja (≈ 10 hari)"),
    (time(7, "days"), time(14), "worse", "7 hari → 14 hari kerja (≈ 20 hari): lebih lama"),
    (time(3), time(60, "minutes"), "better", "3 hari kerja → 60 menit: lebih cepat"),
    (time(1), time(10, "hours"), "changed", "1 hari kerja → 10 jam"),
    (time(3), SPOT, "better", "3 hari kerja → langsung jadi (ditunggu): lebih cepat"),
    (SPOT, time(3), "worse", "langsung jadi (ditunggu) → 3 hari kerja: lebih lama"),
    (
        time(7),
        time(3, **SINCE),
        "better",
        "7 → 3 hari kerja: lebih cepat 4 hari kerja; dihitung sejak berkas lengkap diterima",
    ),
    (
        time(3),
        time(3, **SINCE),
        "changed",
        "3 hari kerja; dihitung sejak berkas lengkap diterima",
    ),
    (
        time(3, **SINCE),
        time(3),
        "changed",
        "3 hari kerja; tidak dicantumkan lagi sejak kapan dihitung",
    ),
    (fee(50_000), fee(30_000), "better", "Rp50.000 → Rp30.000: lebih murah Rp20.000"),
    (fee(30_000), fee(50_000), "worse", "Rp30.000 → Rp50.000: lebih mahal Rp20.000"),
    (fee(50_000), fee(0), "better", "kini tidak dipungut biaya; sebelumnya: Rp50.000"),
    (
        fee(0),
        fees(("A", 5)),
        "worse",
        "kini dipungut biaya: A: Rp5; sebelumnya tidak dipungut biaya",
    ),
    (fee(0), {"kind": "fee", "value": 0}, "changed", "Tidak dipungut biaya → Tidak dipungut biaya"),
    (fee(50_000), fee(5, "USD"), "changed", "Rp50.000 → US$5"),
    (fee(50_000), fees(("A", 5)), "changed", "Rp50.000 → A: Rp5"),
    (
        fees(("SIM A", 120_000), ("SIM C", 100_000), ("SIM B", 1)),
        fees(("SIM A", 100_000), ("SIM C", 110_000), ("SIM D", 0)),
        "changed",
        "SIM A: Rp120.000 → Rp100.000: lebih murah Rp20.000; "
        "SIM C: Rp100.000 → Rp110.000: lebih mahal Rp10.000; "
        "baru dalam tabel: SIM D, Tidak dipungut biaya; tidak ada lagi dalam tabel: SIM B, Rp1",
    ),
    (
        fees(("SIM A", 120_000), ("SIM C", 100_000)),
        fees(("SIM C", 90_000), ("sim a", 120_000)),
        "better",
        "SIM C: Rp100.000 → Rp90.000: lebih murah Rp10.000",
    ),
    (
        documents(KK, NIKAH),
        documents(KK),
        "better",
        "tidak diminta lagi: Akta nikah (fotokopi, 2 lembar)",
    ),
    (documents(KK), documents(KK, document("Paspor")), "worse", "baru diminta: Paspor"),
    (documents(KK), documents(document("KK", form="copy")), "better", "kini cukup fotokopi: KK"),
    (
        documents(document("KK", form="either")),
        documents(KK),
        "worse",
        "kini diminta yang asli: KK",
    ),
    (documents(KK), documents(document("KK")), "changed", "KK: asli → dalam bentuk apa pun"),
    (documents(NIKAH), documents(NIKAH | {"count": 1}), "better", "Akta nikah: 2 → 1 lembar"),
    (documents(KK), documents(KK | LOST), "better", "kini hanya bila hilang: KK"),
    (
        documents(KK | LOST),
        documents(KK),
        "worse",
        "kini selalu diminta: KK; sebelumnya hanya bila hilang",
    ),
    (
        documents(KK, NIKAH),
        documents(document("Paspor"), NIKAH),
        "changed",
        "baru diminta: Paspor; tidak diminta lagi: KK (asli)",
    ),
    (documents(KK, NIKAH), documents(NIKAH, KK), "changed", "dokumen yang sama dalam urutan lain"),
    (
        hours("mon-fri 08:00-15:00"),
        hours("mon-fri 08:00-16:00"),
        "better",
        "Senin–Jumat 08.00–15.00 WITA → Senin–Jumat 08.00–16.00 WITA: bertambah 5 jam per minggu",
    ),
    (
        hours("08:00-15:00"),
        hours("08:00-14:45"),
        "worse",
        "Pukul 08.00–15.00 WITA → Pukul 08.00–14.45 WITA: berkurang 15 menit per hari",
    ),
    (
        hours("mon-tue 08:00-15:00"),
        hours("tue-wed 08:00-15:00"),
        "changed",
        "Senin–Selasa 08.00–15.00 WITA → Selasa–Rabu 08.00–15.00 WITA: "
        "bertambah 7 jam dan berkurang 7 jam per minggu",
    ),
    (
        hours("mon 08:00-15:00"),
        hours("mon 08:00-15:00", zone="Asia/Jakarta"),
        "changed",
        "Senin 08.00–15.00 WITA → Senin 08.00–15.00 WIB",
    ),
    (
        hours("08:00-15:00"),
        hours("mon 08:00-15:00"),
        "changed",
        "Pukul 08.00–15.00 WITA → Senin 08.00–15.00 WITA",
    ),
    (
        channels(channel("box")),
        channels(channel("box"), channel("whatsapp", "0800")),
        "better",
        "ditambahkan: WhatsApp: 0800",
    ),
    (
        channels(channel("box"), channel("lapor")),
        channels(channel("lapor")),
        "worse",
        "tidak ada lagi: kotak saran",
    ),
    (
        channels(channel("phone", "1"), channel("phone", "2")),
        channels(channel("phone", "2"), channel("phone", "3")),
        "changed",
        "telepon: 1 → 3",
    ),
    (
        channels(channel("lapor", within=14)),
        channels(channel("lapor", within=5)),
        "better",
        "SP4N-LAPOR!: 14 hari kerja → 5 hari kerja: lebih cepat 9 hari kerja",
    ),
    (
        channels(channel("lapor")),
        channels(channel("lapor", within=5)),
        "better",
        "SP4N-LAPOR!: tanggapan kini dijanjikan dalam 5 hari kerja",
    ),
    ({"kind": "staff", "value": 5}, {"kind": "staff", "value": 6}, "changed", "5 → 6 orang"),
    (
        STAFF,
        {"kind": "staff", "value": 24},
        "changed",
        "penanggung jawab: 4 → –, teknisi: 20 → –",
    ),
    (CARD, CARD | {"formats": ["card", "electronic"]}, "better", "kini juga: elektronik"),
    (CARD, CARD | {"formats": ["paper"]}, "changed", "kini juga: cetak; tidak lagi: kartu"),
    (
        CARD | {"valid_for": FIVE},
        CARD | {"valid_for": {"unit": "life"}},
        "better",
        "berlaku: 5 tahun → seumur hidup",
    ),
    (
        CARD | {"valid_for": FIVE},
        CARD | {"valid_for": {"value": 59, "unit": "months"}},
        "worse",
        "berlaku: 5 tahun → 59 bulan",
    ),
    (
        citations(UU_25),
        citations(rule("PP", "96", 2012, "")),
        "changed",
        "dasar hukum baru: PP Nomor 96 Tahun 2012; "
        "bukan dasar hukum lagi: UU Nomor 25 Tahun 2009 tentang Pelayanan Publik",
    ),
    (
        {"kind": "availability", "value": 40, "unit": "hours_per_week"},
        {"kind": "availability", "value": 48, "unit": "hours_per_week"},
        "better",
        "40 → 48 jam per minggu",
    ),
    (time(3), fee(5), "changed", "3 hari kerja → Rp5"),
    (None, time(3), "changed", "baru dicantumkan: 3 hari kerja"),
    (time(3), None, "changed", "tidak dicantumkan lagi: 3 hari kerja"),
    ({"kind": "unknown"}, {"kind": "unheard of"}, "same", ""),
    (time(3), time(3.0), "same", ""),
]


@pytest.mark.parametrize(
    ("before", "after", "direction", "sentence"), COMPARED, ids=[each[3][:60] for each in COMPARED]
)
def test_comparison_says_what_changed_for_the_citizen(before, after, direction, sentence):
    comparison = compare_stored(before, after, "id")

    assert (comparison.direction.value, comparison.sentence) == (direction, sentence)


ENGLISH = [
    (time(14), time(7), "14 → 7 working days: 7 working days faster"),
    (time(2), time(1), "2 → 1 working day: 1 working day faster"),
    (time(14), time(7, "days"), "14 working days (≈ 20 days) → 7 days: faster"),
    (fee(0), fee(5_000), "now charged: Rp5,000; before free of charge"),
    (documents(KK), documents(document("KK", form="either")), "a copy is now enough: KK"),
]


@pytest.mark.parametrize(("before", "after", "sentence"), ENGLISH)
def test_comparison_in_english(before, after, sentence):
    assert compare_stored(before, after, "en").sentence == sentence
