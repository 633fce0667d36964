{# In an incremental run (a unit test is none, and has no table of its own): only the tickets whose history is built
   anew. `native_id` is the column that names the ticket where there is no key of ours yet. #}
{% macro rebuilt_tickets_only(native_id=none) -%}
    {%- if not execute or (this is not none and is_incremental()) -%}
        {%- if native_id is none %}
        where ticket_key in (select ticket_key from {{ ref('int_rebuilt_tickets') }})
        {%- else %}
        where (source_system, source_account, {{ native_id }}) in (
            select source_system, source_account, ticket_id from {{ ref('int_rebuilt_tickets') }}
        )
        {%- endif %}
    {%- endif -%}
{%- endmacro %}

{# Before the new history of tickets is put in place, the old one goes: a ticket may have none any more. #}
{% macro forget_rebuilt_tickets() -%}
    {%- set rebuilt_tickets = ref('int_rebuilt_tickets') -%}
    {%- if execute and is_incremental() -%}
        {{ return(adapter.dispatch('forget_rebuilt_tickets')(rebuilt_tickets)) }}
    {%- endif -%}
{%- endmacro %}

{% macro duckdb__forget_rebuilt_tickets(rebuilt_tickets) -%}
    delete from {{ this }} where ticket_key in (select ticket_key from {{ rebuilt_tickets }})
{%- endmacro %}

{% macro spark__forget_rebuilt_tickets(rebuilt_tickets) -%}
    {%- set months = run_query('select distinct created_month from ' ~ rebuilt_tickets).columns[0].values() -%}
    {%- if months -%}
        alter table {{ this }} drop if exists
        {% for month in months %}partition (created_month = date '{{ month }}'){{ ', ' if not loop.last }}{% endfor %}
    {%- endif -%}
{%- endmacro %}

{# Which tickets are built anew when some were touched: on an engine that overwrites whole partitions, all that share
   one with a touched ticket. #}
{% macro tickets_rebuilt_with_touched(tickets) -%}
    {{ return(adapter.dispatch('tickets_rebuilt_with_touched')(tickets)) }}
{%- endmacro %}

{% macro duckdb__tickets_rebuilt_with_touched(tickets) -%}
    select * from {{ tickets }} where is_touched
{%- endmacro %}

{% macro spark__tickets_rebuilt_with_touched(tickets) -%}
    select * from {{ tickets }} where created_month in (select created_month from {{ tickets }} where is_touched)
{%- endmacro %}

{# The month a ticket was created in: the partition of its history on Spark. #}
{% macro created_month(created_at) -%}
    cast({{ dbt.date_trunc('month', created_at) }} as date)
{%- endmacro %}
