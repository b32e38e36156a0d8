import { parentPort, workerData } from 'node:worker_threads';
import type { ChainHead } from '../chain/chain-row.ts';
import { SqliteReader } from './sqlite-reader.ts';
import { SqliteWriter } from './sqlite-writer.ts';
import type { WorkerAnswer, WorkerData, WorkerRequest } from './worker-protocol.ts';

const { file, node } = workerData as WorkerData;
const port = parentPort;
if (!port) throw new Error('sqlite-worker.ts is started as a worker');

const reader = new SqliteReader(file);
let writer: SqliteWriter | undefined;
let known: ChainHead | undefined = (workerData as WorkerData).known;

/** A writer that threw is opened anew: what SQLite holds of the file may be as broken as the file was. */
const writing = <T>(run: (open: SqliteWriter) => T): T => {
  try {
    writer ??= new SqliteWriter(file, node, known);
    return run(writer);
  } catch (error) {
    known = writer?.head ?? known;
    try {
      writer?.close();
    } finally {
      writer = undefined;
    }
    throw error;
  }
};

const answerTo = async (request: WorkerRequest): Promise<unknown> => {
  switch (request.op) {
    case 'append':
      return writing((open) => {
        const { lacksRows } = open;
        return { head: open.append(request.records), lacksRows };
      });
    case 'erase':
      return writing((open) => open.erase(request.erasure, request.retentionDays));
    case 'checkpoint':
      return writing((open) => open.checkpoint(request.truncate));
    case 'page':
      return reader.page(request.query);
    case 'unended':
      return reader.unended(request.node);
    case 'kept':
      return reader.kept();
    case 'rowsAfter':
      return reader.rowsAfter(request.after);
    case 'companyRows':
      return reader.companyRows(request.company, request.after);
    case 'verify':
      return reader.verify(request.published);
    case 'close':
      writer?.close();
      return reader.close();
  }
};

port.on('message', async (request: WorkerRequest) => {
  let answer: WorkerAnswer;
  try {
    answer = { id: request.id, value: await answerTo(request) };
  } catch (error) {
    const { message, reason } = error as { readonly message?: string; readonly reason?: string };
    answer = { id: request.id, problem: message ?? String(error), reason };
  }
  port.postMessage(answer);
  if (request.op === 'close') port.close();
});
