"""Every KPI of a period computed anew from raw records, one topic a module: ``marts.kpi_values`` again."""
