// Package policy decides whether a message may be sent, now, to this person:
// what they agreed to, the hours of the day, how much they got today, and
// whether the number is still theirs. Pure rules: the clock is given.
package policy

import "time"

// Purpose is why a message goes out.
type Purpose string

const (
	// Reply is the direct answer to what the person just wrote. Always sent.
	Reply Purpose = "reply"
	// Officer is an officer's own answer to a question, difficulty or opinion
	// that the person sent earlier. They asked for it, so no consent is needed.
	Officer Purpose = "officer"
	// Notice tells one person about their own affair, such as what became of
	// their opinion.
	Notice Purpose = "notice"
	// Broadcast is the same text for many.
	Broadcast Purpose = "broadcast"
	// Ask is the question who has this number now. It holds nothing personal;
	// it is sent in place of a message held as Silent.
	Ask Purpose = "ask"
)

// Recipient is what must be known of a person to decide.
type Recipient struct {
	// Stopped: they wrote TC and have not come back with DK.
	Stopped bool
	// AskedSinceStop: what an Officer message answers was asked after the TC.
	AskedSinceStop bool
	// Consented: they said yes to getting messages.
	Consented bool
	// Zone is where their day begins and ends; nil is Vietnam.
	Zone *time.Location
	// SentToday counts broadcasts to this number since its own midnight. A
	// caller that counts the last 24 hours instead is stricter, and as safe.
	SentToday int
	// LastHeard is their last message; zero: never.
	LastHeard time.Time
}

// Rules are the limits that a commune works under. The zero Rules have no quiet
// hours, never ask a silent number, and send no broadcast at all.
type Rules struct {
	// From QuietFrom until just before QuietTo nothing goes out but replies;
	// where they are equal there is no quiet time. What is held for the next
	// day goes out at QuietTo.
	QuietFrom Clock
	QuietTo   Clock
	// BroadcastsPerDay is how many broadcasts a number may get in its own civil
	// day; 0: none.
	BroadcastsPerDay int
	// SilentAfter: a number not heard from for this long, or never, is asked who
	// it is before anything personal is sent to it; 0: never asked.
	SilentAfter time.Duration
}

// Default is the law (Decree 91/2020: 07:00–22:00, three broadcasts a day), and
// half a year of silence: long enough that an opinion of July gets its outcome in
// January without a question first.
func Default() Rules {
	return Rules{
		QuietFrom:        22 * hour,
		QuietTo:          7 * hour,
		BroadcastsPerDay: 3,
		SilentAfter:      180 * 24 * time.Hour,
	}
}

// Verdict is what to do with a message. The zero Verdict is none of them.
type Verdict int

const (
	// Send it now.
	Send Verdict = iota + 1
	// Hold it and decide again at Decision.Until.
	Hold
	// Drop it: waiting would not help.
	Drop
)

// String is the verdict for logs.
func (v Verdict) String() string {
	switch v {
	case Send:
		return "send"
	case Hold:
		return "hold"
	case Drop:
		return "drop"
	}
	return "none"
}

// Decision is a verdict with its reason.
type Decision struct {
	Verdict Verdict
	// Until is when to decide again, in UTC: after now and outside quiet hours.
	// Zero unless the verdict is Hold.
	Until time.Time
	// Why is empty when the verdict is Send.
	Why Reason
}

// MaySend decides for one message at now. A Hold is no promise: at Until the
// person may have stopped, so ask again then.
//
// A message held as Silent passed every other rule: the caller sends, once, the
// question who has the number (Ask), and tries the message again when an answer
// moved LastHeard, or at Until.
func (r Rules) MaySend(to Recipient, p Purpose, now time.Time) Decision {
	if why := r.forbids(to, p); why != "" {
		return Decision{Verdict: Drop, Why: why}
	}
	if p == Reply {
		return Decision{Verdict: Send}
	}
	here := now.In(zone(to))
	switch {
	case p == Broadcast && to.SentToday >= r.BroadcastsPerDay:
		return Decision{Verdict: Hold, Until: r.nextDay(here), Why: DailyCap}
	case r.quiet(here):
		return Decision{Verdict: Hold, Until: r.nextOpening(here), Why: QuietHours}
	case (p == Officer || p == Notice) && r.silent(to, now):
		return Decision{Verdict: Hold, Until: r.nextDay(here), Why: Silent}
	}
	return Decision{Verdict: Send}
}

// forbids gives the reason why p must never reach this person, if there is one.
func (r Rules) forbids(to Recipient, p Purpose) Reason {
	switch p {
	case Reply:
		return ""
	case Officer, Ask:
		if to.Stopped && !to.AskedSinceStop {
			return Stopped
		}
		return ""
	case Notice, Broadcast:
		switch {
		case to.Stopped:
			return Stopped
		case !to.Consented:
			return NoConsent
		case p == Broadcast && r.BroadcastsPerDay <= 0:
			return BroadcastsOff
		}
		return ""
	}
	return UnknownPurpose
}

func (r Rules) silent(to Recipient, now time.Time) bool {
	return r.SilentAfter > 0 && now.Sub(to.LastHeard) >= r.SilentAfter
}
