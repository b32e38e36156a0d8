import { pino } from 'pino';
import { attempt, end, start } from './audit.fixture.ts';
import { postgresWriter } from './postgres/postgres-writer.ts';
import { RecordKeeper } from './record-keeper.ts';
import { sqliteWriter } from './sqlite/sqlite-store.ts';

/** Listens without end, three at a time, in the file or the database of this URL; says each record that it was told is on stable storage. For a test to kill. */
const [store = '', node = ''] = process.argv.slice(2);
const onRowsLost = () => void process.stdout.write('lost\n');
const keeper = new RecordKeeper({
  writer: store.startsWith('postgres:')
    ? postgresWriter(store, node, onRowsLost)
    : sqliteWriter(store, node, onRowsLost),
  log: pino({ level: 'silent' }),
});
await keeper.look();
await Promise.all(
  ['x', 'y', 'z'].map(async (name) => {
    for (let n = 0; ; n += 1) {
      const id = `${process.pid}-${name}${n}`;
      for (const record of [attempt(id), start(id), end(id)]) {
        await keeper.append(record);
        process.stdout.write(`${record.record} ${id}\n`);
      }
    }
  }),
);
