"""Signing of requests to S3-compatible storage: AWS Signature Version 4, in the Authorization header.

Source: AWS General Reference, "Create a signed AWS API request", and its published examples for Amazon S3.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import parse_qsl, quote, unquote, urlsplit

ALGORITHM: Final = "AWS4-HMAC-SHA256"
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs for one account in one region. `secret` is the account's secret key, which never travels."""

    account: str
    secret: str
    region: str
    service: str = "s3"

    def headers(
        self, method: str, url: str, headers: Mapping[str, str], content: bytes, at: datetime
    ) -> dict[str, str]:
        """Return the headers a request needs beside its own; `at` is the moment of signing, in UTC."""
        digest = hashlib.sha256(content).hexdigest()
        stamp = at.strftime("%Y%m%dT%H%M%SZ")
        signed = {**headers, "host": host_header(url), "x-amz-date": stamp, "x-amz-content-sha256": digest}
        return {
            "x-amz-date": stamp,
            "x-amz-content-sha256": digest,
            "Authorization": self.authorization(method, url, signed, digest, stamp),
        }

    def authorization(self, method: str, url: str, headers: Mapping[str, str], digest: str, stamp: str) -> str:
        """Write the Authorization header for exactly these headers; `digest` is the content's SHA-256 in hex."""
        named = {name.lower(): " ".join(value.split()) for name, value in headers.items()}
        names = ";".join(sorted(named))
        lines = "".join(f"{name}:{named[name]}\n" for name in sorted(named))
        parts = urlsplit(url)
        request = "\n".join((method, _path(parts.path), _query(parts.query), lines, names, digest))
        scope = f"{stamp[:8]}/{self.region}/{self.service}/aws4_request"
        text = "\n".join((ALGORITHM, stamp, scope, hashlib.sha256(request.encode()).hexdigest()))
        signature = hmac.new(self._key(stamp[:8]), text.encode(), hashlib.sha256).hexdigest()
        return f"{ALGORITHM} Credential={self.account}/{scope},SignedHeaders={names},Signature={signature}"

    def _key(self, day: str) -> bytes:
        key = f"AWS4{self.secret}".encode()
        for part in (day, self.region, self.service, "aws4_request"):
            key = hmac.new(key, part.encode(), hashlib.sha256).digest()
        return key


def host_header(url: str) -> str:
    """Return an address's host as HTTP sends it: the port only where it is not the scheme's own."""
    parts = urlsplit(url)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
    return host if parts.port in {None, _DEFAULT_PORTS.get(parts.scheme)} else f"{host}:{parts.port}"


def _path(path: str) -> str:
    return quote(unquote(path), safe="/-_.~") or "/"


def _query(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    return "&".join(f"{quote(name, safe='-_.~')}={quote(value, safe='-_.~')}" for name, value in sorted(pairs))
