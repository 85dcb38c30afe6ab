"""What fills the documents: functions of a View alone, for requests and live topics alike."""
