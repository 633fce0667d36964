"""The queries that look for people whom raw records know in texts that are published."""

# Words without marks between them: "Lovelace, Ada" and "lovelace.ada" are the same run of words.
WORDS = r"trim(regexp_replace(lower($text), '[^\p{L}\p{N}]+', ' ', 'g'))"

TOLD = "select distinct $kind as kind, $value as value from $table"
IN_JSON = "json_extract_string($value, $path)"
KNOWN = """
create temp table known as
with told as ($told), words as (select kind, trim(value) as value, $words as words from told)
select distinct kind, value, words, length(words) - length(replace(words, ' ', '')) + 1 as word_count,
  regexp_replace(value, '[^0-9]', '', 'g') as digits
from words
where value <> '' and words not in (
  select $allowed_words from (select unnest(cast($$allowed as varchar[])) as allowed)
)
"""
LOOKED_FOR = """
create temp table one_words as select distinct value from known
  where kind = 'name' and word_count = 1 and length(value) >= $one_word;
create temp table phrases as select distinct words, word_count from known
  where kind = 'name' and word_count between 2 and $most_words and length(words) > $shortest;
create temp table addresses as select distinct lower(value) as value from known where kind = 'email';
create temp table phones as select distinct digits from known
  where kind = 'phone' and length(digits) >= $phone;
"""
# What is as long as our own keys and one word is one of them, or an address; short numbers are nobody's.
NO_TEXTS = "create temp table texts (place integer, may_be_phone boolean, value varchar, row_count bigint)"
TEXTS = """
insert into texts
select $place, $may_be_phone, cast(told as varchar) as value, row_count
from (select $column as told, count(*) as row_count from publication.$table group by $column)
where (strlen(value) <> 32 or contains(value, ' '))
  and (strlen(value) >= $phone or translate(value, '0123456789', '') <> '')
"""
FOUND = """
create temp table found as
with written as (
  select value, $words as words, bool_or(may_be_phone) as may_be_phone
  from texts group by value
), runs as (
  select value, string_split(words, ' ') as parts from written where contains(words, ' ')
), begun as (
  select value, parts, unnest(range(1, len(parts))) as first from runs
), spoken as (
  select value, array_to_string(parts[first : first + word_count - 1], ' ') as words
  from begun inner join (select distinct word_count from phrases) on first + word_count - 1 <= len(parts)
)
select value from spoken where words in (select words from phrases)
union
select value from written where value in (select value from one_words)
union
select value from written where lower(value) in (select value from addresses)
union
select value from written where may_be_phone and regexp_full_match(value, '[+0-9() ./-]+')
  and regexp_replace(value, '[^0-9]', '', 'g') in (select digits from phones)
"""
PLACES = """
select place, cast(sum(row_count) as bigint), list(md5(value) order by value)
from texts where value in (select value from found) group by place order by place
"""
