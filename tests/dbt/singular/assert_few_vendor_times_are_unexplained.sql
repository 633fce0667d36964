{{ config(severity='warn') }}
-- Look at vendor_time_reconciliation: each unexplained figure is a rule of the helpdesk's, or an error, not known here yet.
select source_system, source_account, sum(unexplained_count) as unexplained_count, sum(n) as n
from {{ ref('vendor_time_reconciliation_summary') }}
group by source_system, source_account
having sum(unexplained_count) > 0.01 * sum(n)
