select ticket_key
from {{ ref('fct_tickets') }}
where first_solved_at < created_at or solved_at < first_solved_at or closed_at < created_at
