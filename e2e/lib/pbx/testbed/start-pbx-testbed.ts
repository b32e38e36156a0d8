import { ensureParts } from '@medlyssning/tools/real/parts.ts';
import { freePort } from '@medlyssning/tools/real/ports.ts';
import { type Rtpengine, startRtpengine } from '@medlyssning/tools/real/rtpengine.ts';
import { connect, type NgClient } from 'rtpengine-ng-client';
import { type Pbx, startPbx } from '../start-pbx.ts';
import { companies, users } from './company.ts';
import { sendAuthenticated } from './digest.ts';
import {
  type Dialog,
  type RequestLines,
  requestText,
  responseText,
  sdp,
  token,
  withinDialog,
} from './raw-messages.ts';
import { openTcpPhone, openTcpServer, openUdpPhone, type RawPhone } from './raw-phone.ts';
import { header, isRequest, isResponse, tagOf } from './sip-text.ts';

/** A registered phone and the account it registered as. */
export interface Registered extends RawPhone {
  readonly address: string;
}

/** A PBX with its call engine, its neighbours and the phones of `company.ts`, for tests of the PBX alone. */
export interface PbxTestbed {
  readonly pbx: Pbx;
  readonly engine: Rtpengine;
  readonly ng: NgClient;
  /** Stands where the media sidecar would. */
  readonly sidecar: RawPhone;
  readonly pstn: RawPhone;
  readonly mobileOperator: RawPhone;
  register(address: string, transport: 'udp' | 'tcp'): Promise<Registered>;
  /** Sends an authenticated INVITE. @returns its Call-ID */
  invite(from: Registered, dialled: string, lines?: Partial<RequestLines>): Promise<string>;
  stop(): Promise<void>;
}

interface PbxTestbedOptions {
  /** Calls to SIMs go to the mobile operator. Default: they do not. */
  readonly mobilesRing?: boolean;
}

export async function startPbxTestbed(options: PbxTestbedOptions = {}): Promise<PbxTestbed> {
  const parts = await ensureParts();
  const ports = { public: await freePort(), trunk: await freePort(), internal: await freePort() };
  const sidecar = await openTcpServer();
  const pstn = await openUdpPhone(ports.trunk, '127.0.0.2');
  const mobileOperator = await openUdpPhone(ports.trunk, '127.0.0.3');
  const phones: RawPhone[] = [sidecar, pstn, mobileOperator];
  const engine = await startRtpengine({ parts, role: 'call' });
  const ng = connect({ url: `tcp:${engine.host}:${engine.ng.tcp}` });
  const pbx = await startPbx({
    parts,
    companies,
    users,
    ports,
    sidecarPort: sidecar.port,
    rtpengineNg: engine.ng.udp,
    pstnUri: `sip:${pstn.host}:${pstn.port}`,
    ...(options.mobilesRing === true && { mobileUri: `sip:${mobileOperator.host}:${mobileOperator.port}` }),
  });
  const account = (address: string) => ({ address, password: pbx.passwordOf(address) });
  return {
    pbx,
    engine,
    ng,
    sidecar,
    pstn,
    mobileOperator,
    async register(address, transport) {
      const phone = await (transport === 'udp' ? openUdpPhone : openTcpPhone)(ports.public);
      phones.push(phone);
      const from = `<sip:${address}>`;
      const head = { method: 'REGISTER', uri: `sip:${domainOf(address)}`, callId: token(), cseq: 1 };
      await sendAuthenticated(phone, { ...head, from: `${from};tag=${token()}`, to: from }, account(address));
      await phone.take(isResponse(200, 'REGISTER'));
      return { ...phone, address };
    },
    async invite(from, dialled, lines = {}) {
      const callId = token();
      const uri = `sip:${dialled}@${domainOf(from.address)}`;
      const head = { method: 'INVITE', uri, to: `<${uri}>`, callId, cseq: 1, body: sdp(40_000) };
      const whole = { ...head, from: `<sip:${from.address}>;tag=${token()}`, ...lines };
      await sendAuthenticated(from, whole, account(from.address));
      return callId;
    },
    async stop() {
      for (const phone of phones) phone.close();
      await ng[Symbol.asyncDispose]();
      await pbx.stop();
      await engine.stop();
    },
  };
}

/** The callee takes the call and the caller confirms. */
export async function answer(callId: string, caller: RawPhone, callee: RawPhone): Promise<Dialog> {
  const invite = await callee.take(isRequest('INVITE', callId));
  callee.send(responseText(callee, invite, '200 OK', { body: sdp(40_002) }));
  const ok = await caller.take(isResponse(200, 'INVITE', callId));
  caller.send(
    requestText(caller, { method: 'ACK', cseq: cseqOf(ok), ...withinDialog('caller', { invite, ok }) }),
  );
  await callee.take(isRequest('ACK', callId));
  return { invite, ok };
}

/** One side hangs up, the other agrees. */
export async function hangUp(
  side: 'caller' | 'callee',
  dialog: Dialog,
  by: RawPhone,
  other: RawPhone,
): Promise<void> {
  const callId = header(dialog.ok, 'call-id');
  by.send(requestText(by, { method: 'BYE', cseq: 100, ...withinDialog(side, dialog) }));
  other.send(responseText(other, await other.take(isRequest('BYE', callId)), '200 OK'));
  await by.take(isResponse(200, 'BYE', callId));
}

/** What the call engine knows of a call: the metadata, and the label of each side by its tag. */
export async function known(ng: NgClient, dialog: Dialog) {
  const query = await ng.query({ 'call-id': header(dialog.ok, 'call-id') });
  const label = (nameAddr: string) => query.tags.get(tagOf(nameAddr))?.label;
  return {
    metadata: query.metadata,
    caller: label(header(dialog.ok, 'from')),
    callee: label(header(dialog.ok, 'to')),
  };
}

const cseqOf = (message: Parameters<typeof header>[0]) => Number.parseInt(header(message, 'cseq'), 10);
const domainOf = (address: string) => address.slice(address.lastIndexOf('@') + 1);
