import type { ClientBase } from 'pg';

/**
 * The same columns as in SQLite, and indexes on the content itself. Several nodes may open it at once: the first makes it, the others wait.
 * What somebody sent may be JSON that PostgreSQL has no text for (`\u0000`): then the row has no user in the index, and is stored all
 * the same.
 */
const schema = `
SELECT pg_advisory_xact_lock(hashtext('medlyssning_audit'));
CREATE OR REPLACE FUNCTION medlyssning_audit_user(content text, who text) RETURNS text
  LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
    BEGIN
      RETURN content::json #>> ARRAY[who, 'user'];
    EXCEPTION WHEN data_exception THEN
      RETURN NULL;
    END
  $$;
CREATE TABLE IF NOT EXISTS medlyssning_audit (
  node text COLLATE "C" NOT NULL,
  seq bigint NOT NULL,
  at bigint NOT NULL,
  kind text NOT NULL,
  id text NOT NULL,
  company text,
  retention_days integer NOT NULL,
  digest text NOT NULL,
  prev text NOT NULL,
  hash text NOT NULL,
  salt text,
  content text,
  PRIMARY KEY (node, seq),
  UNIQUE (node, id, kind)
);
CREATE INDEX IF NOT EXISTS medlyssning_audit_company ON medlyssning_audit (company, at, node, seq) WHERE kind = 'attempt';
CREATE INDEX IF NOT EXISTS medlyssning_audit_listener
  ON medlyssning_audit (company, medlyssning_audit_user(content, 'listener'), at, node, seq) WHERE kind = 'attempt';
CREATE INDEX IF NOT EXISTS medlyssning_audit_target
  ON medlyssning_audit (company, medlyssning_audit_user(content, 'target'), at, node, seq) WHERE kind = 'attempt';
CREATE INDEX IF NOT EXISTS medlyssning_audit_kept
  ON medlyssning_audit (company, retention_days, at) WHERE content IS NOT NULL AND kind <> 'erasure';
`;

/** Makes the table where it is not there; the right to create is needed only then. */
export const ensureSchema = async (client: ClientBase): Promise<void> => {
  const { rows } = await client.query("SELECT to_regclass('medlyssning_audit') AS found");
  if (rows[0]?.found === null) await client.query(`BEGIN; ${schema} COMMIT;`);
};

/** For who only looks: makes nothing, can write nothing on this connection, and says so where there are no records. */
export const openReadOnly = async (client: ClientBase): Promise<void> => {
  const { rows } = await client.query("SELECT to_regclass('medlyssning_audit') AS found");
  if (rows[0]?.found === null) throw new Error('the database has no table medlyssning_audit');
  await client.query('SET default_transaction_read_only = on');
};
