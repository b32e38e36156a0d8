import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { ControlPlane } from '../control-plane/control-plane.ts';
import { dnsAnswer, readQuestion } from './dns-message.ts';
import { clusterDns } from './node-network.ts';

interface Service {
  readonly spec: { readonly clusterIP: string };
}
interface Slices {
  readonly items: readonly {
    readonly endpoints: readonly {
      readonly addresses: readonly string[];
      readonly conditions: { readonly ready?: boolean };
    }[];
  }[];
}

/**
 * Starts what pods ask for the names of Services, on this machine behind the Service `kube-dns`: their addresses, those of ready pods where
 * a Service has none. It knows no other names.
 * @param address IPv4 address of this machine that nodes reach
 */
export const startClusterDns = async (
  { request }: ControlPlane,
  address: string,
): Promise<{ close(): void }> => {
  const socket = createSocket('udp4');
  const addressesOf = async (name: string): Promise<readonly string[] | undefined> => {
    const [, service, namespace] = /^([^.]+)\.([^.]+)\.svc\.cluster\.local$/.exec(name) ?? [];
    if (service === undefined || namespace === undefined) return undefined;
    const found = await request({
      method: 'GET',
      path: `/api/v1/namespaces/${namespace}/services/${service}`,
    });
    if (found.status === 404) return undefined;
    const { clusterIP } = (found.body as Service).spec;
    if (clusterIP !== 'None') return [clusterIP];
    const of = `labelSelector=${encodeURIComponent(`kubernetes.io/service-name=${service}`)}`;
    const path = `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices?${of}`;
    const { items } = (await request({ method: 'GET', path })).body as Slices;
    const ready = items.flatMap(({ endpoints }) =>
      endpoints.filter(({ conditions }) => conditions.ready !== false).flatMap(({ addresses }) => addresses),
    );
    return ready.length === 0 ? undefined : ready;
  };
  socket.on('message', (query, { address: asker, port }) => {
    const question = readQuestion(query);
    if (question === undefined) return;
    addressesOf(question.name).then(
      (addresses) => socket.send(dnsAnswer(query, question, addresses), port, asker),
      // an API server that is away is asked anew when the pod asks again
      () => undefined,
    );
  });
  socket.bind(0, address);
  await once(socket, 'listening');
  const { port } = socket.address();
  for (const [path, body] of [
    ['/api/v1/namespaces/kube-system/services', service(port)],
    ['/apis/discovery.k8s.io/v1/namespaces/kube-system/endpointslices', slice(address, port)],
  ] as const) {
    const made = await request({ method: 'POST', path, body });
    if (made.status !== 201)
      throw new Error(`kube-dns: POST ${path} was answered ${made.status}: ${JSON.stringify(made.body)}`);
  }
  return { close: () => socket.close() };
};

const service = (targetPort: number) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'kube-dns' },
  spec: { clusterIP: clusterDns, ports: [{ name: 'dns', protocol: 'UDP', port: 53, targetPort }] },
});

const slice = (address: string, port: number) => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { name: 'kube-dns', labels: { 'kubernetes.io/service-name': 'kube-dns' } },
  addressType: 'IPv4',
  ports: [{ name: 'dns', protocol: 'UDP', port }],
  endpoints: [{ addresses: [address] }],
});
