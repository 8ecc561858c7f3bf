"""S3-compatible storage as a place. The endpoint's address holds the bucket, and any folder in it."""

from datetime import timedelta
from typing import Final

from desktop.domain import moment
from desktop.domain.words import tr
from desktop.publish.answer import Unauthorised
from desktop.publish.layout.place import Failure
from desktop.publish.layout.sigv4 import Signer
from desktop.publish.layout.web_place import WebPlace, code_of
from desktop.publish.transport import Reply

REGION: Final = "us-east-1"
_UNKNOWN: Final = {"InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "ExpiredToken"}
_CLOCK: Final = 60.0


class S3Place(WebPlace):
    """A bucket. The endpoint's account is the access key's id, its detail "region" the bucket's region."""

    def _known(self, method: str, url: str, headers: dict[str, str], content: bytes) -> dict[str, str]:
        if not self._secret:
            return {}
        signer = Signer(self.endpoint.account, self._secret, self.endpoint.detail("region", REGION))
        # A signature is good for minutes by the server's clock, whatever ours says.
        skew = self.skew if self.skew is not None and abs(self.skew) > _CLOCK else 0.0
        return signer.headers(method, url, headers, content, moment.now() + timedelta(seconds=skew))

    def _failure(self, reply: Reply) -> Failure:
        if reply.status == 403 and code_of(reply) in _UNKNOWN:  # noqa: PLR2004 - Forbidden
            return Unauthorised(
                tr("{host} does not know the access key of this endpoint, or its secret is wrong.").format(
                    host=self.host
                )
            )
        return super()._failure(reply)
