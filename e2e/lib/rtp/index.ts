export { type AudioSource, samplesOf, silence, tone } from './audio-source.ts';
export { codecOf, decodeG711, encodeG711, type G711Codec, payloadTypes } from './g711.ts';
export { countStreams, type ReceivedPacket, type StreamCount } from './received-packet.ts';
export { recordPackets } from './record-packets.ts';
export { RtpEndpoint, type RtpEndpointOptions, type RtpTarget } from './rtp-endpoint.ts';
export { type RtpPacket, readRtp, writeRtp } from './rtp-packet.ts';
