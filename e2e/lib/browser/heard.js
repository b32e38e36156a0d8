/**
 * Keeps what each of a page's RTCPeerConnections brings, as PCM to be measured by a test. It is a script of the page, put into it
 * before any other, and knows nothing of the page.
 */
(() => {
  const rate = 8000;
  const kept = 2 * rate;
  /** As loud as no silence of G.711 is. */
  const audible = 0.01;
  const recordings = [];
  let context;

  const record = (stream, recording) => {
    // Chromium lets a remote stream flow into Web Audio only where an element plays it too
    const element = new Audio();
    element.muted = true;
    element.srcObject = stream;
    element.play();
    context ??= new AudioContext({ sampleRate: rate });
    const tap = context.createScriptProcessor(256, 1, 1);
    tap.onaudioprocess = ({ inputBuffer }) => {
      const began = Date.now() - 1000 * inputBuffer.duration;
      const samples = inputBuffer.getChannelData(0);
      recording.startedAt ??= began;
      const first = samples.findIndex((sample) => Math.abs(sample) > audible);
      if (first !== -1) recording.audibleAt ??= began + (1000 * first) / rate;
      for (const sample of samples) recording.samples.push(Math.round(sample * 32767));
      const old = recording.samples.length - 2 * kept;
      if (old <= 0) return;
      recording.samples.splice(0, kept);
      recording.before += kept;
    };
    context.createMediaStreamSource(stream).connect(tap);
    tap.connect(context.destination);
  };

  const Peer = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Peer {
    constructor(...options) {
      super(...options);
      const recording = { startedAt: undefined, audibleAt: undefined, samples: [], before: 0 };
      recordings.push(recording);
      this.addEventListener('track', ({ track }) => record(new MediaStream([track]), recording));
    }
  };

  /** The last two seconds of the n-th connection; without a number of the latest. */
  const recording = (n = recordings.length - 1) => {
    const { startedAt, samples = [], before = 0 } = recordings[n] ?? {};
    const left = Math.max(0, samples.length - kept);
    return { startedAt, samples: samples.slice(left), before: before + left };
  };
  /** When the n-th connection was heard first, ms since the epoch. */
  const audibleAt = (n = recordings.length - 1) => recordings[n]?.audibleAt;
  window.heard = { recording, audibleAt };
})();
