package conformance

var concerns []promise
