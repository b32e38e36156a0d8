#!/usr/bin/env node
// kubectl runs this for `kubectl medlyssning …<TAB>` with the words so far (kubernetes.io, "Extend kubectl with plugins").
process.argv.splice(2, 0, 'complete', '--');
await import('./medlyssning.mjs');
