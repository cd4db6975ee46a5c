"""Files to take along, and the workbook of targets on its way back."""
