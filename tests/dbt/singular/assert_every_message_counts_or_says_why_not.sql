select message_key
from {{ ref('fct_messages') }}
where is_counting_reply = (not_counting_reason is not null)
