{# The raw tables of a cluster, made anew over the Parquet files of the lake: a folder a landing, which is a partition
   of every raw table that it holds records of. Run by orchestration before the models.

   lake: URI of the lake. run: URI of the folder with what models know of the run, and with the list of landings. #}
{% macro create_raw_tables(lake, run) %}
    {% do refuse_old_spark() %}
    {% set landings = run_query('select raw_table, landing from ' ~ spark_files(run ~ '/meta/landings') ~ ' order by raw_table, landing').rows %}
    {% do create_schemas(graph.sources.values() | map(attribute='schema')) %}
    {% for source in graph.sources.values() %}
        {% set table = source.schema ~ '.' ~ source.name %}
        {% do run_query('drop table if exists ' ~ table) %}
        {% if source.source_name == 'meta' %}
            {% do run_query('create table ' ~ table ~ ' using parquet location ' ~ spark_text(run ~ '/meta/' ~ source.name)) %}
        {% else %}
            {% set raw_table = 'raw_' ~ source.source_name ~ '.' ~ source.name %}
            {% do run_query(raw_table_definition(table, source.columns, lake ~ '/tables/' ~ raw_table)) %}
            {% set folders = [] %}
            {% for landing in landings if landing[0] == raw_table %}{% do folders.append(landing[1]) %}{% endfor %}
            {% for some in folders | batch(100) %}
                {% do run_query(raw_table_partitions(table, raw_table, lake, some)) %}
            {% endfor %}
        {% endif %}
    {% endfor %}
{% endmacro %}

{% macro raw_table_definition(table, columns, location) %}
    create table {{ table }} (
        _load_id string, _file string, _line bigint, _account string, _loaded_at timestamp,
        {% for column in columns %}`{{ column }}` string, {% endfor %}
        landing string
    )
    using parquet partitioned by (landing) location {{ spark_text(location) }}
{% endmacro %}

{% macro raw_table_partitions(table, raw_table, lake, folders) %}
    alter table {{ table }} add
    {% for folder in folders %}
        partition (landing = {{ spark_text(folder) }})
        location {{ spark_text(lake ~ '/' ~ folder ~ '/' ~ raw_table | replace('.', '/')) }}
    {% endfor %}
{% endmacro %}

{% macro refuse_old_spark() %}
    {% set version = run_query('select version()').columns[0].values()[0].split(' ')[0] %}
    {% if version.split('.')[0] | int < 4 %}
        {% do exceptions.raise_compiler_error('Spark ' ~ version ~ ' is not supported: 4.0 or newer is needed') %}
    {% endif %}
{% endmacro %}

{# Each statement costs Spark a good part of a second: one for each schema, not for each table. #}
{% macro create_schemas(schemas) %}
    {% for schema in schemas | unique %}{% do run_query('create schema if not exists ' ~ schema) %}{% endfor %}
{% endmacro %}

{# A text as a literal of Spark SQL. #}
{% macro spark_text(value) -%}
    '{{ value | replace("\\", "\\\\") | replace("'", "\\'") }}'
{%- endmacro %}

{# The records of all Parquet files in a folder, as a relation of Spark SQL. #}
{% macro spark_files(folder) -%}
    parquet.`{{ folder | replace("`", "``") }}`
{%- endmacro %}
