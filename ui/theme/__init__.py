"""The console's look: tokens, the palette and the little style sheet made of them."""

from ui.theme.sheet import apply, choose, tokens
from ui.theme.tokens import Scheme, Tokens

__all__ = ["Scheme", "Tokens", "apply", "choose", "tokens"]
