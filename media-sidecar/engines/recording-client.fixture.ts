import type { NgArguments, NgClient } from 'rtpengine-ng-client';

/** A method of the client and the arguments it was called with. */
export type Sent = readonly [method: string, args: NgArguments];

/** A client that sends nothing, records what it should have sent and answers as told. */
export const recordingClient = (sent: Sent[], answer: (args: NgArguments) => object = () => ({})): NgClient =>
  new Proxy({} as NgClient, {
    get: (_, method) => async (args: NgArguments) => {
      sent.push([String(method), args]);
      return answer(args);
    },
  });
