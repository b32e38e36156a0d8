import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { folderOfStandIns, partsOnPath } from '../real/stand-ins.fixture.ts';

const logged = `echo "$(basename "$0") $*" >> "$STAND_INS/log"`;

/** As kind 0.33.0: its commands with the flags that each has, its clusters, what it says of a wrong one, and its exit codes. */
const kind = `${logged}
refuse() { echo "ERROR: $1" >&2; exit 1; }
command="$1 $2"
case $command in
  'version '|'get clusters') flags='';;
  'create cluster') flags=' config image kubeconfig name retain wait ';;
  'delete cluster') flags=' kubeconfig name ';;
  'load image-archive') flags=' name nodes ';;
  *) refuse "unknown command \\"$1\\" for \\"kind\\"";;
esac
shift $(( $# < 2 ? $# : 2 ))
name=kind
while [ $# -gt 0 ]; do
  case $1 in
    --*=*) flag=\${1%%=*} value=\${1#*=}; shift;;
    --*) flag=$1 value=$2; shift 2;;
    *) archive=$1; shift; continue;;
  esac
  case $flags in *" \${flag#--} "*) ;; *) refuse "unknown flag: $flag";; esac
  case $flag in --name) name=$value;; --kubeconfig) kubeconfig=$value;; esac
done
clusters=$STAND_INS/clusters
case $command in
  'version ') echo 'kind v0.33.0 go1.26.0 linux/amd64';;
  'get clusters') [ -s "$clusters" ] && cat "$clusters" || echo 'No kind clusters found.' >&2;;
  'create cluster')
    grep -qx "$name" "$clusters" && refuse "failed to create cluster: node(s) already exist for a cluster with the name \\"$name\\""
    [ -e "$STAND_INS/no-registry" ] && refuse 'failed to create cluster: failed to pull image "kindest/node:v1.37.0"'
    echo "$name" >> "$clusters"; echo 'kind: Config' > "$kubeconfig";;
  'delete cluster')
    echo "Deleting cluster \\"$name\\" ..." >&2
    grep -vx "$name" "$clusters" > "$clusters.left"; mv "$clusters.left" "$clusters";;
  'load image-archive')
    [ -e "$archive" ] || refuse "stat $archive: no such file or directory"
    grep -qx "$name" "$clusters" || refuse "no nodes found for cluster \\"$name\\"";;
esac`;

const docker = `${logged}
case "$*" in
  info) if [ -e "$STAND_INS/no-docker" ]; then echo 'Cannot connect to the Docker daemon. Is the docker daemon running?' >&2; exit 1; fi;;
  'network inspect kind') echo '[{"Id": "7f3a55c0ffee4711", "IPAM": {"Config": [{"Subnet": "172.18.0.0/16", "Gateway": "172.18.0.1"}]}}]';;
  'inspect --format={{(index .NetworkSettings.Networks "kind").IPAddress}} '*)
    for node; do :; done
    if ! grep -qx "\${node%-control-plane}" "$STAND_INS/clusters"; then echo "Error: No such object: $node" >&2; exit 1; fi
    echo 172.18.0.2;;
  'inspect --format={{.State.Pid}} '*) echo 4711;;
  'exec '*' ctr --namespace=k8s.io images tag '*) ;;
  *) exit 125;;
esac`;

const kubectl = `${logged}
for argument; do case $argument in --kubeconfig=*) grep 'kind: Config' "\${argument#*=}";; esac; done`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'medlyssning-stand-in-kind-'));
  writeFileSync(join(folder, 'clusters'), '');
});
afterEach(() => rmSync(folder, { recursive: true }));

const log = () => readFileSync(join(folder, 'log'), 'utf8').split('\n').slice(0, -1);
const clusters = () => readFileSync(join(folder, 'clusters'), 'utf8').split('\n').slice(0, -1);
const place = (file: string) => join(folder, file);
const touch = (file: string) => {
  writeFileSync(place(file), '');
  return place(file);
};

/** Starts a cluster of kind, gives it these images and stops it, in a process of its own. */
async function live(archives: readonly string[] = [], without: readonly string[] = []) {
  const standIns = Object.entries({ ...partsOnPath, kind, docker, kubectl, ip: logged });
  const wanted = standIns.filter(([name]) => !without.includes(name));
  const PATH = folderOfStandIns(place('bin'), Object.fromEntries(wanted));
  const program = join(import.meta.dirname, 'start-kind.program.ts');
  const child = spawn(process.execPath, [program, ...archives], {
    env: { ...process.env, PATH, TMPDIR: folder, XDG_CACHE_HOME: folder, STAND_INS: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk;
  });
  await once(child, 'close');
  return { said, name: `medlyssning-${child.pid}` };
}

/** Commands with the folder of this cluster's own in place of its name, which is another each time. */
const commands = () => log().map((line) => line.replaceAll(/\/\S*\/medlyssning-kind-\w+/g, 'FOLDER'));

test('a cluster is made of the commands that kind documents, takes its images as archives, and leaves nothing', async () => {
  const archives = [touch('operator.tar'), touch('rtpengine.tar')];
  const { said, name } = await live(archives);
  const [network, onNetwork, answer] = said.split('\n').filter((line) => !line.startsWith('progress: '));
  expect(JSON.parse(network ?? '')).toEqual({
    network: {
      link: 'br-7f3a55c0ffee',
      prefixLength: 16,
      here: '172.18.0.1',
      node: '172.18.0.2',
      peers: ['172.18.255.253', '172.18.255.254'],
    },
    nodeName: `${name}-control-plane`,
  });
  expect(JSON.parse(onNetwork ?? '')).toEqual({
    file: 'nsenter',
    args: ['--target', '4711', '--net', 'ip', 'route'],
  });
  expect(answer).toBe('kind: Config');
  expect(commands()).toEqual([
    'kind version',
    'docker info',
    'kind get clusters',
    `kind create cluster --wait=120s --kubeconfig=FOLDER/kubeconfig --name ${name}`,
    'docker network inspect kind',
    `docker inspect --format={{(index .NetworkSettings.Networks "kind").IPAddress}} ${name}-control-plane`,
    `docker inspect --format={{.State.Pid}} ${name}-control-plane`,
    'ip address replace 172.18.255.253/16 dev br-7f3a55c0ffee',
    'ip address replace 172.18.255.254/16 dev br-7f3a55c0ffee',
    ...archives.map((file) => `kind load image-archive ${file} --name ${name}`),
    `docker exec ${name}-control-plane ctr --namespace=k8s.io images tag medlyssning/operator:1 medlyssning/operator:2`,
    'kubectl --kubeconfig=FOLDER/kubeconfig --cache-dir=FOLDER/cache get nodes',
    `kind delete cluster --kubeconfig=FOLDER/kubeconfig --name ${name}`,
  ]);
  expect(clusters()).toEqual([]);
  expect(ownFolders()).toEqual([]);
});

test('the cluster of a process that is gone is deleted; that of one that runs, and those of others, are not', async () => {
  const gone = 'medlyssning-4194305';
  const others = [`medlyssning-${process.pid}`, 'kind', 'medlyssning-staging-of-somebody'];
  writeFileSync(place('clusters'), [gone, ...others, ''].join('\n'));
  await live();
  expect(clusters()).toEqual(others);
});

test('an archive that the node does not take is told, with what kind says, and the cluster is deleted', async () => {
  const missing = place('missing.tar');
  const { said } = await live([missing]);
  expect(said).toContain(
    `ClusterUnavailable: kind load image-archive ${missing} failed. Its last lines:\nERROR: stat ${missing}: no such file or directory`,
  );
  expect(clusters()).toEqual([]);
  expect(ownFolders()).toEqual([]);
});

test('a cluster that cannot be made is told, with what kind says, and nothing is left', async () => {
  touch('no-registry');
  const { said, name } = await live();
  expect(said).toMatch(
    /^ClusterUnavailable: kind create cluster .* failed\. Its last lines:\nERROR: failed to create cluster: failed to pull image/m,
  );
  expect(log().at(-1)).toContain(`--name ${name}`);
  expect(log().at(-1)).toMatch(/^kind delete cluster /);
  expect(ownFolders()).toEqual([]);
});

test.each([
  ['no kind', ['kind'], undefined, '`kind version` failed: spawnSync kind ENOENT. Install kind'],
  ['no docker', ['docker'], undefined, '`docker info` failed: spawnSync docker ENOENT. Install kind'],
  [
    'a docker that does not answer',
    [],
    'no-docker',
    '`docker info` failed: Cannot connect to the Docker daemon.',
  ],
] as const)('with %s it says what is needed and what to do', async (_, without, state, why) => {
  if (state !== undefined) touch(state);
  const { said } = await live([], without);
  expect(said).toMatch(/^ClusterUnavailable: E2E_CLUSTER=kind needs kind and a docker that answers, and /);
  expect(said).toContain(why);
  expect(said).toMatch(/start Docker, or leave E2E_CLUSTER away\.\n$/);
  expect(existsSync(place('log')) ? log().filter((line) => line.includes('cluster')) : []).toEqual([]);
});

function ownFolders(): readonly string[] {
  return readdirSync(folder).filter((name) => name.startsWith('medlyssning-kind-'));
}
