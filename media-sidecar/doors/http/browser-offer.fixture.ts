/** An offer to listen, as a browser makes it. */
export const browserOffer = `v=0\r
o=- 1 2 IN IP4 127.0.0.1\r
s=-\r
t=0 0\r
m=audio 9 UDP/TLS/RTP/SAVPF 8\r
a=ice-ufrag:EsAw\r
a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\r
a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => 'AB').join(':')}\r
a=setup:actpass\r
a=mid:0\r
a=recvonly\r
a=rtcp-mux\r
`;
