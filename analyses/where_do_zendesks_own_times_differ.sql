-- Where do Zendesk's own times and counts differ from ours without an explanation?
-- `unexplained_count` should be 0. Tickets behind a row stand in marts.vendor_time_reconciliation with their reason.
select
    source_account,
    figure,
    clock,
    n as tickets,
    equal_count,
    explained_count,
    unexplained_count,
    median_difference
from marts.vendor_time_reconciliation_summary
order by unexplained_count desc, explained_count desc, source_account, figure, clock;
