"""A certificate for the rehearsed internet: made for one proof, trusted by its browser alone, gone with it."""

import base64
import hashlib
import ssl
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_LIFE: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Certificate:
    """A server's side of TLS for every host, and the SHA-256 of its public key in base64, by which it is trusted."""

    context: ssl.SSLContext
    fingerprint: str


def make() -> Certificate:
    """Make a certificate that is good for a day."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Rehearsed internet")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _LIFE)
        .not_valid_after(now + _LIFE)
        .sign(key, hashes.SHA256())
    )
    public = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    written = made.public_bytes(serialization.Encoding.PEM) + key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    # The standard library reads keys from files alone; this one is ours to read, and gone at once.
    with tempfile.TemporaryDirectory(prefix="newsroom-proof-") as folder:
        path = Path(folder) / "key.pem"
        path.write_bytes(written)
        context.load_cert_chain(path)
    return Certificate(context, base64.b64encode(hashlib.sha256(public).digest()).decode())
