"""The published examples: “Signature Calculations for the Authorization Header” of the Amazon S3 API reference."""

import hashlib
from datetime import UTC, datetime

import pytest

from desktop.publish.layout.sigv4 import Signer, host_header

SIGNER = Signer("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1")
BUCKET = "https://examplebucket.s3.amazonaws.com"
STAMP = "20130524T000000Z"
PUT = {"Date": "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class": "REDUCED_REDUNDANCY"}
PUT_SIGNATURE = "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"


@pytest.mark.parametrize(
    ("method", "path", "headers", "content", "signature"),
    [
        (
            "GET",
            "/test.txt",
            {"Range": "bytes=0-9"},
            b"",
            "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
        ),
        ("PUT", "/test$file.text", PUT, b"Welcome to Amazon S3.", PUT_SIGNATURE),
        ("GET", "/?lifecycle", {}, b"", "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"),
        ("GET", "/?max-keys=2&prefix=J", {}, b"", "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"),
    ],
)
def test_published_examples(method: str, path: str, headers: dict[str, str], content: bytes, signature: str) -> None:
    at = datetime(2013, 5, 24, tzinfo=UTC)
    made = SIGNER.headers(method, BUCKET + path, headers, content, at)
    assert (made["x-amz-date"], made["x-amz-content-sha256"]) == (STAMP, hashlib.sha256(content).hexdigest())
    assert made["Authorization"].endswith(f",Signature={signature}")
    assert f"Credential={SIGNER.account}/20130524/us-east-1/s3/aws4_request," in made["Authorization"]


def test_the_secret_never_travels_and_everything_sent_is_signed() -> None:
    at = datetime(2013, 5, 24, tzinfo=UTC)
    made = SIGNER.headers("PUT", f"{BUCKET}/head.json", {"If-Match": '"abc"', "Content-Type": "a/b"}, b"{}", at)
    assert SIGNER.secret not in str(made)
    assert "SignedHeaders=content-type;host;if-match;x-amz-content-sha256;x-amz-date," in made["Authorization"]
    other = SIGNER.headers("PUT", f"{BUCKET}/head.json", {"If-Match": '"abd"', "Content-Type": "a/b"}, b"{}", at)
    assert other["Authorization"] != made["Authorization"]


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://s3.example.org/bucket", "s3.example.org"),
        ("https://s3.example.org:443/bucket", "s3.example.org"),
        ("http://127.0.0.1:9000/bucket", "127.0.0.1:9000"),
        ("http://[::1]:9000/", "[::1]:9000"),
    ],
)
def test_the_host_is_signed_as_it_is_sent(url: str, host: str) -> None:
    assert host_header(url) == host
