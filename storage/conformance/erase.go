package conformance

var erasure []promise
