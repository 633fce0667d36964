// A session of DuckDB's Node client, as session.py is one of Python's; it runs where the client is installed.
const { createInterface } = require("node:readline");
const { createRequire } = require("node:module");
const { DuckDBInstance } = createRequire(`${process.cwd()}/`)("@duckdb/node-api");

async function main(file) {
  const instance = await DuckDBInstance.create(file, { access_mode: "READ_ONLY" });
  const connection = await instance.connect();
  const read = (sql) => connection.runAndReadAll(sql);
  const verbs = {
    tables: async () => (await read("show all tables")).getRowObjectsJson().map((row) => `${row.schema}.${row.name}`),
    types: async (schema, table) => {
      const found = await read(`from ${schema}.${table} limit 0`);
      return Object.fromEntries(found.columnNames().map((name, at) => [name, String(found.columnTypes()[at])]));
    },
    ask: async (sql) => (await read(sql)).getRowsJson(),
    write: (sql) => connection.run(sql),
  };
  for await (const line of createInterface({ input: process.stdin })) {
    const [verb, ...parameters] = JSON.parse(line);
    let told;
    try {
      told = { answer: await verbs[verb](...parameters) };
    } catch (error) {
      told = { error: error.message };
    }
    process.stdout.write(`${JSON.stringify(told)}\n`);
  }
}

main(process.argv[2]);
