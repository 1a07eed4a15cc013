"""Sign and verify with Ed25519 (RFC 8032). Keys are PEM files, as other programs read them too."""

import base64
import binascii
import hashlib
import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from assets.words.problems import BadInput, cannot

PRIVATE_FILE = 0o600


def new_key(file: Path) -> Path:
    """Write a new private key that only its owner may read, and `file.pub` beside it; a key that exists stays."""
    key = Ed25519PrivateKey.generate()
    file.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
    with os.fdopen(handle, "wb") as sink:
        sink.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    public = file.with_name(f"{file.name}.pub")
    public.write_bytes(_pem(key.public_key()))
    return public


def signature_and_key(content: bytes, key_file: Path) -> tuple[str, bytes]:
    """The signature in base64, and the public key as PEM; BadInput where the file holds no key."""
    try:
        key = load_pem_private_key(key_file.read_bytes(), None)
    except (OSError, ValueError, TypeError) as error:
        raise _no_key(key_file, error) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise _no_key(key_file, "another kind of key")
    return base64.b64encode(key.sign(content)).decode() + "\n", _pem(key.public_key())


def is_signed(content: bytes, signature: str, public: bytes) -> bool:
    """Is this the signature of the content by the key?"""
    try:
        key = load_pem_public_key(public)
        if not isinstance(key, Ed25519PublicKey):
            return False
        key.verify(base64.b64decode(signature, validate=False), content)
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True


def fingerprint_of(public: bytes) -> str:
    """A public key in one word, for people to compare: sha256 of its PEM."""
    return hashlib.sha256(public.strip()).hexdigest()


def _pem(key: Ed25519PublicKey) -> bytes:
    return bytes(key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))


def _no_key(file: Path, why: object) -> BadInput:
    wanted, make = "an Ed25519 private key as PEM", "Make one: darkfigure release key FILE"
    return cannot("The release cannot be signed", str(file), str(why), wanted, make)
