-- Without exactly one secret the keys of people would be missing; it is counted and not shown.
select count(*) as row_count, count(secret) as secret_count
from {{ ref('stg_warehouse__pseudonym_key') }}
having count(*) <> 1 or count(secret) <> 1
