package conformance

var leaks []promise
