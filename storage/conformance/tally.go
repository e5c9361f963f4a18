package conformance

var tallies []promise
