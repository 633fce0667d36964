{# dbt-spark binds a seed's values without escaping them when Spark runs in this process, and true as 1.0: an
   apostrophe in a description would end its text. Written as literals they are the same by every connection. #}
{% macro spark__load_csv_rows(model, agate_table) %}
    {% set column_types = model.config.get('column_types', {}) %}
    {% set rows %}
        insert into {{ this.render() }} values
        {% for row in agate_table.rows %}
            (
            {%- for column in agate_table.column_names -%}
                {%- set value = row[column] -%}
                {%- set type = column_types.get(column, adapter.convert_type(agate_table, loop.index0)) -%}
                {%- if value is none -%} null
                {%- else -%} cast('{{ value | string | replace("\\", "\\\\") | replace("'", "\\'") }}' as {{ type }})
                {%- endif -%}
                {{ ', ' if not loop.last }}
            {%- endfor -%}
            ) {{- ', ' if not loop.last }}
        {% endfor %}
    {% endset %}
    {% do adapter.add_query(rows, abridge_sql_log=True) %}
    {{ return(rows) }}
{% endmacro %}
