package conformance

var backups []promise
