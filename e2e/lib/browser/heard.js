/**
 * Keeps what a page's RTCPeerConnections bring, as PCM to be measured by a test. It is a script of the page, put into it before any
 * other, and knows nothing of the page.
 */
(() => {
  const rate = 8000;
  const heard = [];
  let startedAt;

  const record = (stream) => {
    // Chromium lets a remote stream flow into Web Audio only where an element plays it too
    const element = new Audio();
    element.muted = true;
    element.srcObject = stream;
    element.play();
    const context = new AudioContext({ sampleRate: rate });
    const tap = context.createScriptProcessor(256, 1, 1);
    tap.onaudioprocess = ({ inputBuffer }) => {
      startedAt ??= Date.now() - 1000 * inputBuffer.duration;
      for (const sample of inputBuffer.getChannelData(0)) heard.push(Math.round(sample * 32767));
    };
    context.createMediaStreamSource(stream).connect(tap);
    tap.connect(context.destination);
  };

  const Peer = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Peer {
    constructor(...options) {
      super(...options);
      this.addEventListener('track', ({ track }) => record(new MediaStream([track])));
    }
  };
  const recording = () => ({
    startedAt,
    samples: heard.slice(-2 * rate),
    before: Math.max(0, heard.length - 2 * rate),
  });
  window.heard = { recording };
})();
