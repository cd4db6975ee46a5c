"""Files to take along: the scorecards as an Excel workbook with live formulas, and as CSV."""
