package conformance

var outbox []promise
