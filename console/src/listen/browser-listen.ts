import type { Api } from '../api/api.ts';
import { loudness } from './loudness.ts';

/** A listen whose audio comes to this page. */
export interface BrowserListen {
  readonly id: string;
  /** How loud it is now, 0 to 1. */
  level(): number;
  /** Takes the audio down; the sidecar is not told. */
  close(): void;
  /** The connection of the audio is gone for good. */
  readonly broken: Promise<void>;
}

/**
 * Asks for a listen and brings its audio here by WHEP. To be called while a press of a button is handled: browsers let sound begin
 * only then. It never asks for a microphone. @throws ProblemAnswer
 */
export const startBrowserListen = async (
  api: Pick<Api, 'listen' | 'offer' | 'stop'>,
  target: string,
): Promise<BrowserListen> => {
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 1024, smoothingTimeConstant: 0 });
  // the page plays by the element, since Chromium lets a remote stream flow into Web Audio only where an element plays it too
  const element = new Audio();
  const peer = new RTCPeerConnection();
  const close = (): void => {
    peer.close();
    element.srcObject = null;
    void context.close();
  };
  peer.ontrack = ({ track }) => {
    const stream = new MediaStream([track]);
    element.srcObject = stream;
    void element.play();
    context.createMediaStreamSource(stream).connect(analyser);
  };
  const broken = new Promise<void>((resolve) => {
    peer.onconnectionstatechange = () => {
      if (peer.connectionState === 'failed') resolve();
    };
  });
  let id: string | undefined;
  try {
    const admitted = await api.listen(target, 'browser');
    id = admitted.id;
    peer.addTransceiver('audio', { direction: 'recvonly' });
    await peer.setLocalDescription(await peer.createOffer());
    const sdp = await api.offer(admitted.whep ?? `/v1/listens/${id}/whep`, peer.localDescription?.sdp ?? '');
    await peer.setRemoteDescription({ type: 'answer', sdp });
  } catch (error) {
    close();
    if (id !== undefined) await api.stop(id).catch(() => {});
    throw error;
  }
  const samples = new Float32Array(analyser.fftSize);
  return {
    id,
    close,
    broken,
    level() {
      analyser.getFloatTimeDomainData(samples);
      return loudness(samples);
    },
  };
};
