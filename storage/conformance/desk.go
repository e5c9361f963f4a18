package conformance

var desk []promise
