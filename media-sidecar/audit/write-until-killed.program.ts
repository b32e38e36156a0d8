import { pino } from 'pino';
import { attempt, end, start } from './audit.fixture.ts';
import { RecordKeeper } from './record-keeper.ts';
import { sqliteWriter } from './sqlite/sqlite-store.ts';

/** Listens without end, three at a time; says each record that it was told is on stable storage. For a test to kill. */
const [file = ''] = process.argv.slice(2);
const keeper = new RecordKeeper({
  writer: sqliteWriter(file, 'media-1', () => process.stdout.write('lost\n')),
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
