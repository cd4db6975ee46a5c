"""What people say to each other about the work: disputes now; assessments, plans and one-on-ones above goals later."""
