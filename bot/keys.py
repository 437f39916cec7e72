"""What the bot keeps secret: pseudonyms of users, sealed chat ids, signatures of buttons.

Called by the journal and by whoever reads or makes buttons. One random key in a file that only its owner may read; each
use has a key derived from it. Without the file the journal tells nobody who asked what. Must not know Telegram.
"""

from __future__ import annotations

import base64
import hmac
import os
import secrets
from hashlib import sha256
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

KEY_BYTES = 32
SIGNATURE_CHARACTERS = 8


class Seal:
    """The keys derived from one secret of `KEY_BYTES` bytes; ValueError for any other length."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) != KEY_BYTES:
            raise ValueError(f"the key has {len(secret)} bytes instead of {KEY_BYTES}")
        self._pseudonyms = _derive(secret, b"pseudonyms")
        self._signatures = _derive(secret, b"signatures")
        self._fernet = Fernet(base64.urlsafe_b64encode(_derive(secret, b"chats")))

    def person(self, user_id: int) -> str:
        """A salted hash that stands for a person: always the same one, and it cannot be turned back."""
        return self._pseudonym("user", user_id)

    def chat(self, chat_id: int) -> str:
        """A salted hash that stands for a chat, like `person`."""
        return self._pseudonym("chat", chat_id)

    def _pseudonym(self, kind: str, number: int) -> str:
        return hmac.digest(self._pseudonyms, f"{kind}:{number}".encode(), sha256)[:16].hex()

    def close(self, plain: str) -> str:
        """Encrypt a short text."""
        return self._fernet.encrypt(plain.encode()).decode()

    def open(self, sealed: str) -> str | None:
        """What `close` encrypted; None where another key did, or where it was damaged."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except (InvalidToken, ValueError):
            return None

    def sign(self, data: str, place: str) -> str:
        """A signature over a button's data and the chat it was made for: `SIGNATURE_CHARACTERS` URL-safe characters."""
        digest = hmac.digest(self._signatures, f"{place}\n{data}".encode(), sha256)
        return base64.urlsafe_b64encode(digest)[:SIGNATURE_CHARACTERS].decode()

    def signed(self, data: str, place: str, signature: str) -> bool:
        """Whether `signature` is the one that `sign` gives."""
        return hmac.compare_digest(self.sign(data, place).encode(), signature.encode())


def _derive(secret: bytes, use: bytes) -> bytes:
    return hmac.digest(secret, b"quotewire:" + use, sha256)


def open_seal(path: Path) -> Seal:
    """The seal of the key file at `path`, made on first use and readable by its owner alone.

    ValueError, in one line for a person, where the file is not a key.
    """
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        pass
    else:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
    try:
        return Seal(path.read_bytes())
    except ValueError as error:
        raise ValueError(f"{path} is not a key of this bot: {error}. Move it away to start with a new one.") from error
