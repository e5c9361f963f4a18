package conformance

var plans []promise
