"""Which address the phones expect, and how to give it to this laptop, in words for a secretary."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from kapuas_quiz.operations.network import Address

HOW = {
    "win32": (
        "  Windows: Setelan > Jaringan & internet > Ethernet (kabel) atau Wi-Fi > nama jaringan itu > "
        "Penetapan IP (Windows 10: Setelan IP) > Edit > Manual > IPv4.\n"
        "  Isi Alamat IP {ip}, Panjang awalan subnet 24 (atau Subnet mask 255.255.255.0), Gateway {gateway}, "
        "DNS {gateway}; Simpan."
    ),
    "darwin": (
        "  macOS: Pengaturan Sistem > Jaringan > Ethernet atau Wi-Fi > Detail > TCP/IP > IPv4: Manual.\n"
        "  Isi Alamat IP {ip}, Subnet mask 255.255.255.0, Router {gateway}; OK."
    ),
    "linux": (
        "  Linux: Pengaturan > Jaringan (kabel) atau Wi-Fi > (nama jaringan) > IPv4 > Manual: Alamat {ip}, "
        "Netmask 255.255.255.0, Gateway {gateway};\n  Terapkan, lalu sambungkan sekali lagi."
    ),
}


def address_words(printed: Sequence[str], present: Sequence[Address], system: str) -> str:
    """Say whether this laptop has the address that stands on the badges, and what to do if not.

    printed: addresses on badges.  system: as in sys.platform.
    """
    if not printed:
        return "Belum ada kartu yang dicetak untuk kegiatan yang berjalan, jadi alamat laptop ini bebas."
    own = {one.ip for one in present}
    lost = [one for one in printed if (urlsplit(one).hostname or "") not in own]
    if not lost:
        return f"Alamat pada kartu, {printed[0]}, sudah alamat laptop ini. HP tersambung sendiri."
    ip = urlsplit(lost[0]).hostname or ""
    if not ip.replace(".", "").isdigit():
        return (
            f"HP MENCARI ALAMAT {lost[0]}\n"
            f"  Arahkan nama {ip} (DNS) ke laptop ini, dan jalankan dengan KAPUAS_ADDRESS={lost[0]}; lihat "
            "docs/operator/https.md."
        )
    how = HOW.get(system, HOW["linux"]).format(ip=ip, gateway=f"{ip.rpartition('.')[0]}.1")
    return (
        f"HP MENCARI ALAMAT {lost[0]}\n"
        f"  Alamat laptop ini sekarang: {', '.join(sorted(own)) or 'tidak ada jaringan'}.\n"
        "  Pindahkan kabel jaringan dari laptop utama ke laptop ini, atau sambungkan ke Wi-Fi yang sama dan "
        f"pastikan laptop utama mati. Lalu beri laptop ini alamat {ip}:\n{how}\n"
        "  Server sudah boleh berjalan sementara itu; halaman Mulai memeriksa alamat ini pada butir "
        "'Alamat pada kartu'."
    )
