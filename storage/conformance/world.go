package conformance

var world []promise
