"""The smallest picture: one red pixel, as PNG."""

import base64
from typing import Final

PIXEL: Final = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGM4JCsLAAKhAP1/MC9bAAAAAElFTkSuQmCC"
)
