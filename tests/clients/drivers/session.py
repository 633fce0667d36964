"""A session of one Python client: a question as JSON on each line in, an answer on each line out.

It runs in the clients' own environment (``make setup-clients``), which has nothing of this project:
``python session.py <client> <published file>``. Each class opens the file as its tool's documentation says.
"""

import json
import sys
from datetime import date, datetime
from decimal import Decimal

SCHEMAS = ("core", "marts", "meta")


class Adbc:
    def __init__(self, file):
        from adbc_driver_duckdb import driver_path
        from adbc_driver_manager import dbapi

        self.connection = dbapi.connect(
            driver=driver_path(),
            entrypoint="duckdb_adbc_init",
            db_kwargs={"path": file, "access_mode": "READ_ONLY"},
            autocommit=True,
        )

    def tables(self):
        (catalog,) = [
            each
            for each in self.connection.adbc_get_objects(depth="tables").read_all().to_pylist()
            if each["catalog_name"] not in ("system", "temp")
        ]
        return [
            f"{schema['db_schema_name']}.{table['table_name']}"
            for schema in catalog["catalog_db_schemas"]
            for table in schema["db_schema_tables"]
        ]

    def types(self, schema, table):
        found = self.connection.adbc_get_table_schema(table, db_schema_filter=schema)
        return {field.name: str(field.type) for field in found}

    def ask(self, sql):
        with self.connection.cursor() as cursor:
            cursor.execute(sql)
            return [list(row.values()) for row in cursor.fetch_arrow_table().to_pylist()]

    write = ask


class SqlAlchemy:
    dialect = "duckdb_sqlalchemy"

    def __init__(self, file):
        import sqlalchemy

        # Two packages of one lock claim the name duckdb; who installs one of them needs no such line.
        sqlalchemy.dialects.registry.register("duckdb", self.dialect, "Dialect")
        self.engine = sqlalchemy.create_engine(f"duckdb:///{file}", connect_args={"read_only": True})
        assert self.engine.dialect.__module__ == self.dialect
        self.inspector = sqlalchemy.inspect(self.engine)
        self.connection = self.engine.connect()
        self.text = sqlalchemy.text

    def tables(self):
        found = {name.rpartition(".")[2] for name in self.inspector.get_schema_names()} & set(SCHEMAS)
        return [f"{schema}.{table}" for schema in found for table in self.inspector.get_table_names(schema)]

    def types(self, schema, table):
        return {column["name"]: str(column["type"]) for column in self.inspector.get_columns(table, schema)}

    def ask(self, sql):
        return [list(row) for row in self.connection.execute(self.text(sql))]

    def write(self, sql):
        with self.engine.begin() as connection:
            connection.execute(self.text(sql))


class DuckdbEngine(SqlAlchemy):
    dialect = "duckdb_engine"


class Ibis:
    def __init__(self, file):
        import ibis

        self.backend = ibis.duckdb.connect(file, read_only=True)

    def tables(self):
        found = set(self.backend.list_databases()) & set(SCHEMAS)
        return [
            f"{schema}.{table}" for schema in found for table in self.backend.list_tables(database=schema)
        ]

    def types(self, schema, table):
        return {name: str(kind) for name, kind in self.backend.table(table, database=schema).schema().items()}

    def ask(self, sql):
        return [list(row.values()) for row in self.backend.sql(sql).to_pyarrow().to_pylist()]

    def write(self, sql):
        self.backend.raw_sql(sql)


class Pandas:
    def __init__(self, file):
        import duckdb

        self.connection = duckdb.connect(file, read_only=True)

    def tables(self):
        found = self.connection.sql("show all tables").df()
        return list(found["schema"] + "." + found["name"])

    def types(self, schema, table):
        frame = self.connection.sql(f"from {schema}.{table} limit 1").df()
        return {name: str(kind) for name, kind in frame.dtypes.items()}

    def ask(self, sql):
        frame = self.connection.sql(sql).df()
        return frame.astype(object).where(frame.notna(), None).values.tolist()

    def write(self, sql):
        self.connection.execute(sql)


class Polars(Pandas):
    def types(self, schema, table):
        frame = self.connection.sql(f"from {schema}.{table} limit 0").pl()
        return {name: str(kind) for name, kind in frame.schema.items()}

    def ask(self, sql):
        import polars

        return [list(row) for row in polars.read_database(sql, self.connection).rows()]

    def parquet(self, folder):
        import polars

        frame = polars.read_parquet(folder)
        return [list(row) for row in frame.rows()], {name: str(kind) for name, kind in frame.schema.items()}


CLIENTS = {
    "adbc": Adbc,
    "sqlalchemy": SqlAlchemy,
    "duckdb-engine": DuckdbEngine,
    "ibis": Ibis,
    "pandas": Pandas,
    "polars": Polars,
}


def as_json(value):
    """What JSON has no word for: instants and decimals as text."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if hasattr(value, "item"):
        return value.item()
    raise TypeError(f"{type(value).__name__} of a client is not known here")


def main(client, file):
    session = CLIENTS[client](file)
    for line in sys.stdin:
        verb, *arguments = json.loads(line)
        try:
            answer = {"answer": getattr(session, verb)(*arguments)}
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        sys.stdout.write(f"{json.dumps(answer, default=as_json)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
