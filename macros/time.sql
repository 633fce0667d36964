{# Local wall-clock time in an IANA zone to UTC. An ambiguous time is its first occurrence and a time inside a
   gap moves forward by the gap. DuckDB takes the later occurrence: reading the offset of a day before finds the
   earlier one (since 1970 no overlap is longer than Vostok's seven hours of 1994, and no zone changes twice within
   six days). #}
{% macro local_to_utc(local_time, time_zone) -%}
    {{ return(adapter.dispatch('local_to_utc')(local_time, time_zone)) }}
{%- endmacro %}

{% macro duckdb__local_to_utc(local_time, time_zone) -%}
    {%- set later = "(" ~ local_time ~ " at time zone " ~ time_zone ~ " at time zone 'UTC')" -%}
    {%- set offset_before -%}
        ({{ utc_to_local("(" ~ later ~ " - interval 1 day)", time_zone) }} - ({{ later }} - interval 1 day))
    {%- endset -%}
    case
        when {{ utc_to_local("(" ~ local_time ~ " - " ~ offset_before ~ ")", time_zone) }} = {{ local_time }}
            then least({{ later }}, {{ local_time }} - {{ offset_before }})
        else {{ later }}
    end
{%- endmacro %}

{% macro spark__local_to_utc(local_time, time_zone) -%}
    convert_timezone({{ time_zone }}, 'UTC', {{ local_time }})
{%- endmacro %}

{# A UTC instant as local wall-clock time in an IANA zone. #}
{% macro utc_to_local(instant, time_zone) -%}
    {{ return(adapter.dispatch('utc_to_local')(instant, time_zone)) }}
{%- endmacro %}

{% macro duckdb__utc_to_local(instant, time_zone) -%}
    ({{ instant }} at time zone 'UTC' at time zone {{ time_zone }})
{%- endmacro %}

{% macro spark__utc_to_local(instant, time_zone) -%}
    convert_timezone('UTC', {{ time_zone }}, {{ instant }})
{%- endmacro %}

{# ISO 8601 text to UTC; text without an offset is local to the account's zone. Only what is no more than a date and
   a time passes for local: with blanks after it, or in lower case, an offset is still an offset. #}
{% macro iso_to_utc(text_value, time_zone) -%}
    {{ return(adapter.dispatch('iso_to_utc')(text_value, time_zone)) }}
{%- endmacro %}

{% macro duckdb__iso_to_utc(text_value, time_zone) -%}
    {%- set trimmed = "upper(trim(" ~ text_value ~ ", e' \\t\\r\\n'))" -%}
    case
        when regexp_full_match({{ trimmed }}, '[0-9/-]+([T ][0-9:.]+)?')
            then {{ duckdb__local_to_utc("try_cast(" ~ trimmed ~ " as timestamp)", time_zone) }}
        else try_cast({{ trimmed }} as timestamptz) at time zone 'UTC'
    end
{%- endmacro %}

{% macro spark__iso_to_utc(text_value, time_zone) -%}
    {#- Spark reads no time without seconds that has an offset. -#}
    {%- set trimmed = "upper(trim(both ' \\t\\r\\n' from " ~ text_value ~ "))" -%}
    {%- set timed = "regexp_replace(" ~ trimmed ~ ", '^([^T ]+[T ][0-9]+:[0-9]+)(Z|[+-].*|)$', '$1:00$2')" -%}
    case
        when {{ trimmed }} rlike '^[0-9-]+([T ][0-9:.]+)?$'
            then {{ spark__local_to_utc("try_cast(" ~ timed ~ " as timestamp_ntz)", time_zone) }}
        when {{ trimmed }} rlike '^[0-9-]+[T ][0-9:.]+(Z|[+-][0-9]{2}(:?[0-9]{2})?)$'
            then cast(try_cast({{ timed }} as timestamp_ltz) as timestamp_ntz)
    end
{%- endmacro %}

{# Text in a strptime format to a timestamp as written, without a zone. #}
{% macro text_to_timestamp(text_value, format) -%}
    {{ return(adapter.dispatch('text_to_timestamp')(text_value, format)) }}
{%- endmacro %}

{% macro duckdb__text_to_timestamp(text_value, format) -%}
    try_strptime({{ text_value }}, '{{ format }}')
{%- endmacro %}

{% macro spark__text_to_timestamp(text_value, format) -%}
    {%- set codes = {'%d': 'd', '%m': 'M', '%Y': 'yyyy', '%H': 'H', '%M': 'm', '%S': 's'} -%}
    {%- set pattern = namespace(text=format) -%}
    {%- for code, letter in codes.items() -%}
        {%- set pattern.text = pattern.text | replace(code, letter) -%}
    {%- endfor -%}
    {%- if '%' in pattern.text -%}
        {{ exceptions.raise_compiler_error('text_to_timestamp: ' ~ format ~ ' has a code that is not translated to Spark yet') }}
    {%- endif -%}
    try_to_timestamp({{ text_value }}, '{{ pattern.text }}')
{%- endmacro %}

{# Seconds since 1970 as text to UTC. #}
{% macro unix_seconds_to_utc(text_value) -%}
    {{ return(adapter.dispatch('unix_seconds_to_utc')(text_value)) }}
{%- endmacro %}

{% macro duckdb__unix_seconds_to_utc(text_value) -%}
    make_timestamp(1000000 * try_cast({{ text_value }} as bigint))
{%- endmacro %}

{% macro spark__unix_seconds_to_utc(text_value) -%}
    cast(timestamp_seconds(try_cast({{ text_value }} as bigint)) as timestamp_ntz)
{%- endmacro %}

{# Whole seconds between two instants. Counts second boundaries on purpose: such differences add up exactly, so
   the spells of a ticket sum to its lifetime also when the helpdesk logs milliseconds. #}
{% macro seconds_between(from_instant, to_instant) -%}
    {{ return(adapter.dispatch('seconds_between')(from_instant, to_instant)) }}
{%- endmacro %}

{% macro duckdb__seconds_between(from_instant, to_instant) -%}
    date_diff('second', {{ from_instant }}, {{ to_instant }})
{%- endmacro %}

{% macro spark__seconds_between(from_instant, to_instant) -%}
    (unix_seconds(cast({{ to_instant }} as timestamp_ltz)) - unix_seconds(cast({{ from_instant }} as timestamp_ltz)))
{%- endmacro %}

{# Every date from the first to the last one, as rows of one column. #}
{% macro date_sequence(first_date, last_date) -%}
    {{ return(adapter.dispatch('date_sequence')(first_date, last_date)) }}
{%- endmacro %}

{% macro duckdb__date_sequence(first_date, last_date) -%}
    cast(unnest(generate_series(cast({{ first_date }} as timestamp), cast({{ last_date }} as timestamp), interval 1 day)) as date)
{%- endmacro %}

{% macro spark__date_sequence(first_date, last_date) -%}
    explode(sequence(cast({{ first_date }} as date), cast({{ last_date }} as date), interval 1 day))
{%- endmacro %}

{# ServiceNow writes day first without an offset in log exports and year first in API exports. #}
{% macro servicenow_to_utc(text_value, time_zone) -%}
    coalesce(
        {{ local_to_utc(text_to_timestamp(text_value, '%d/%m/%Y %H:%M'), time_zone) }},
        {{ iso_to_utc(text_value, time_zone) }}
    )
{%- endmacro %}

{# 1 = Monday … 7 = Sunday. #}
{% macro iso_weekday(date_value) -%}
    {{ return(adapter.dispatch('iso_weekday')(date_value)) }}
{%- endmacro %}

{% macro duckdb__iso_weekday(date_value) -%}
    isodow({{ date_value }})
{%- endmacro %}

{% macro spark__iso_weekday(date_value) -%}
    (weekday({{ date_value }}) + 1)
{%- endmacro %}

{# The reporting day of a UTC instant. #}
{% macro reporting_day(instant, time_zone) -%}
    cast({{ utc_to_local(instant, time_zone) }} as date)
{%- endmacro %}

{# The instant so many whole seconds after another one. #}
{% macro seconds_after(instant, seconds) -%}
    {{ return(adapter.dispatch('seconds_after')(instant, seconds)) }}
{%- endmacro %}

{% macro duckdb__seconds_after(instant, seconds) -%}
    ({{ instant }} + to_seconds(cast({{ seconds }} as bigint)))
{%- endmacro %}

{% macro spark__seconds_after(instant, seconds) -%}
    ({{ instant }} + make_dt_interval(0, 0, 0, cast({{ seconds }} as decimal(18, 6))))
{%- endmacro %}

{# Local time of day as text, HH:MM[:SS], to whole seconds after midnight; 24:00 is 86,400. #}
{% macro second_of_day(time_text) -%}
    {%- set parts = [] -%}
    {%- for part in [1, 2, 3] -%}
        {%- do parts.append("coalesce(cast(nullif(split_part(trim(" ~ time_text ~ "), ':', " ~ part ~ "), '') as double), 0)") -%}
    {%- endfor -%}
    cast(floor({{ parts[0] }} * 3600 + {{ parts[1] }} * 60 + {{ parts[2] }}) as bigint)
{%- endmacro %}
