"""A certificate that nobody but the tests' own browser accepts."""

from __future__ import annotations

import ipaddress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

PEM = serialization.Encoding.PEM


def self_made(folder: Path, ip: str) -> tuple[Path, Path]:
    """Write certificate and key for one address and return their places."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "uji")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(ip))])
    certificate = builder.add_extension(address, critical=False).sign(key, hashes.SHA256())
    places = folder / "sertifikat.pem", folder / "kunci.pem"
    places[0].write_bytes(certificate.public_bytes(PEM))
    plain = serialization.NoEncryption()
    places[1].write_bytes(key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, plain))
    return places
