import { startKind } from './start-kind.ts';

/** The life of a cluster of kind, with the image archives of its arguments; says what came of it. */
try {
  const cluster = await startKind((line) => console.log(`progress: ${line}`));
  try {
    console.log(JSON.stringify({ network: cluster.network, nodeName: cluster.nodeName }));
    await cluster.importImages(process.argv.slice(2));
    await cluster.tagImage('medlyssning/operator:1', 'medlyssning/operator:2');
    console.log(JSON.stringify(cluster.onNetwork({ file: 'ip', args: ['route'] })));
    console.log((await cluster.kubectl(['get', 'nodes'])).output);
  } finally {
    await cluster.stop();
  }
} catch (error) {
  console.log(String(error));
}
