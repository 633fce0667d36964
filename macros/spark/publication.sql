{# What readers of a cluster see. Each publication is a folder of Parquet files in the lake and a partition of the
   tables of `<prefix>_publications`; the views of core, marts and meta show the one partition that the view
   `current_publication` names. Altering that one view puts a whole publication in place of another. #}

{# Write core and marts, as they were built, into the folder of a publication. #}
{% macro write_publication(folder) %}
    {% for node in graph.nodes.values() if node.resource_type == 'model' and node.config.schema in ('core', 'marts') %}
        {% set target_folder = spark_text(folder ~ '/' ~ node.config.schema ~ '/' ~ node.name) %}
        {% set built = node.schema ~ '.' ~ node.name %}
        {% do run_query('insert overwrite directory ' ~ target_folder ~ ' using parquet select * from ' ~ built) %}
    {% endfor %}
{% endmacro %}

{# Show a publication to readers.

   lake: URI of the lake. publication: its id, which names its folder. tables: what it holds, such as
   core.fct_tickets. keep: ids of earlier publications that stay, for readers who still read them. #}
{% macro swap_publication(lake, publication, tables, keep) %}
    {% set store = target.schema ~ '_publications' %}
    {% set pointer = store ~ '.current_publication' %}
    {% set views = [(pointer, 'select ' ~ spark_text(publication) ~ ' as publication')] %}
    {% do create_schemas([store, 'core', 'marts', 'meta']) %}
    {% for table in tables %}
        {% set folder = lake ~ '/publications/' ~ publication ~ '/' ~ table | replace('.', '/') %}
        {% set columns = run_query('describe query select * from ' ~ spark_files(folder)).rows %}
        {% set stored = store ~ '.' ~ table | replace('.', '__') %}
        {% do widen_stored_table(stored, columns, lake ~ '/tables/' ~ table) %}
        {% set partition = ' partition (publication = ' ~ spark_text(publication) ~ ') location ' ~ spark_text(folder) %}
        {% do run_query('alter table ' ~ stored ~ ' add if not exists' ~ partition) %}
        {% do views.append((table, published_rows(stored, columns, pointer))) %}
    {% endfor %}
    {% do put_views(views) %}
    {% do forget_publications(store, tables, [publication] + keep) %}
{% endmacro %}

{# Create a stored table, or give it the columns that are new. #}
{% macro widen_stored_table(stored, columns, location) %}
    {% set name = stored.split('.') %}
    {% set existing = adapter.get_relation(database=none, schema=name[0], identifier=name[1]) %}
    {% if existing is none %}
        {% do run_query(stored_table_definition(stored, columns, location)) %}
    {% else %}
        {% set types = {} %}
        {% for column in adapter.get_columns_in_relation(existing) %}{% do types.update({column.column: column.dtype}) %}{% endfor %}
        {% for column in columns %}
            {% if column[0] not in types %}
                {% do run_query('alter table ' ~ stored ~ ' add columns (`' ~ column[0] ~ '` ' ~ column[1] ~ ')') %}
            {% elif types[column[0]] != column[1] %}
                {% do exceptions.raise_compiler_error(
                    stored ~ ': ' ~ column[0] ~ ' is ' ~ column[1] ~ ' now and was ' ~ types[column[0]]
                    ~ ' in earlier publications: drop this table and refresh again'
                ) %}
            {% endif %}
        {% endfor %}
    {% endif %}
{% endmacro %}

{% macro stored_table_definition(stored, columns, location) %}
    create table {{ stored }} (
        {% for column in columns %}`{{ column[0] }}` {{ column[1] }}, {% endfor %}
        publication string
    )
    using parquet partitioned by (publication) location {{ spark_text(location) }}
{% endmacro %}

{# Put views in place, in the order given. Spark replaces a view by dropping it first, which readers would notice;
   altering it is one step. #}
{% macro put_views(views) %}
    {% set existing = {} %}
    {% for view, query in views %}
        {% set schema, name = view.split('.') %}
        {% if schema not in existing %}
            {% do existing.update({schema: run_query('show views in ' ~ schema).rows | map(attribute=1) | list}) %}
        {% endif %}
        {% do run_query(('alter' if name in existing[schema] else 'create') ~ ' view ' ~ view ~ ' as ' ~ query) %}
    {% endfor %}
{% endmacro %}

{% macro published_rows(stored, columns, pointer) %}
    select {% for column in columns %}`{{ column[0] }}`{{ ', ' if not loop.last }}{% endfor %}
    from {{ stored }}
    where publication = (select publication from {{ pointer }})
{% endmacro %}

{# Earlier publications go, but for those that are kept, and tables that are published no more; the files are the
   lake's, and removed by orchestration. #}
{% macro forget_publications(store, tables, keep) %}
    {% for row in run_query('show tables in ' ~ store).rows if '__' in row[1] %}
        {% set table = row[1] | replace('__', '.', 1) %}
        {% if table not in tables %}
            {% do run_query('drop view if exists ' ~ table) %}
            {% do run_query('drop table ' ~ store ~ '.' ~ row[1]) %}
        {% else %}
            {% for partition in run_query('show partitions ' ~ store ~ '.' ~ row[1]).columns[0].values() %}
                {% set publication = partition.split('=')[1] %}
                {% if publication not in keep %}
                    {% do run_query('alter table ' ~ store ~ '.' ~ row[1] ~ ' drop partition (publication = ' ~ spark_text(publication) ~ ')') %}
                {% endif %}
            {% endfor %}
        {% endif %}
    {% endfor %}
{% endmacro %}
