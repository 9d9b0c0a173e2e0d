"""What an index is before its first generation."""

from index import manifest
from index.encoder import Encoder
from index.manifest import EncoderName, Lexical, Manifest
from index.migrations import SCHEMA
from index.publishing import lexical_name
from index.tokens import fingerprint


def unwritten(encoder: Encoder, generation: int = 0) -> Manifest:
    """What an index is before its first generation, which comes after `generation`."""
    return Manifest(
        generation=generation,
        schema=SCHEMA,
        encoder=encoder_name(encoder),
        tokenizer=fingerprint(),
        next_pid=1,
        next_segment=1,
        counts=dict.fromkeys(manifest.KINDS, 0),
        lexical=Lexical(lexical_name(generation), {}),
    )


def encoder_name(encoder: Encoder) -> EncoderName:
    """What the manifest keeps of an encoder."""
    name = getattr(encoder, "name", type(encoder).__name__)
    return EncoderName(str(name), encoder.fingerprint, int(encoder.dim))
