package conformance

var placing []promise
