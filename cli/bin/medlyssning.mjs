#!/usr/bin/env node
const [major = 0] = process.versions.node.split('.').map(Number);
if (major < 24) {
  console.error(
    `medlyssning needs Node 24 or later; this is ${process.versions.node}. Install it, or put it first on PATH.`,
  );
  process.exit(3);
}
await import('../main.ts');
