package conformance

var prices []promise
