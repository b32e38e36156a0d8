"""Who asks, each request as the next of them; and of an offer in SDP: that it is a text, and what one looks like."""

import itertools
import os

import schemathesis
from hypothesis import strategies as st

OFFER = "\r\n".join(
    [
        "v=0",
        "o=- 1 2 IN IP4 127.0.0.1",
        "s=-",
        "t=0 0",
        "m=audio 9 UDP/TLS/RTP/SAVPF 8",
        "c=IN IP4 127.0.0.1",
        "a=ice-ufrag:EsAw",
        "a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1",
        "a=fingerprint:sha-256 " + ":".join(["AB"] * 32),
        "a=setup:actpass",
        "a=mid:0",
        "a=recvonly",
        "a=rtcp-mux",
        "",
    ]
)


@st.composite
def mangled(draw):
    """An offer of which lines are missing, twice there, or others."""
    lines = OFFER.split("\r\n")
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        lines[at : at + 1] = draw(st.sampled_from([[], [lines[at]] * 2, [draw(st.text(max_size=40))]])) or [""]
    return "\r\n".join(lines)


schemathesis.openapi.media_type(
    "application/sdp",
    st.one_of(st.just(OFFER), mangled(), st.text()).map(lambda text: text.encode("utf-8", "replace")),
)


@schemathesis.serializer("application/sdp")
def as_text(ctx, value):
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")


# as in a company: what one begins, another sees, and tries to end
TOKENS = itertools.cycle(os.environ["TOKENS"].split())


@schemathesis.auth(refresh_interval=None)
class NextOfThem:
    def get(self, case, context):
        return next(TOKENS)

    def set(self, case, data, context):
        case.headers["Authorization"] = f"Bearer {data}"
