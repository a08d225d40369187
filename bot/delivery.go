package bot

import "time"

// DeliveryState is the state of a delivery.
type DeliveryState string

// The states of a delivery. The last four are final.
const (
	Planned DeliveryState = "planned" // nothing has been sent yet
	Sending DeliveryState = "sending" // the post may have been sent
	Sent    DeliveryState = "sent"
	Skipped DeliveryState = "skipped" // it was too late to post, or the schedule was changed or deleted
	Failed  DeliveryState = "failed"  // the platform permanently refused the post
	Unknown DeliveryState = "unclear" // the post may have been sent, so it is not sent again
)

// A Delivery is one channel's daily term for one local day. A channel has at most one Delivery per
// day.
type Delivery struct {
	Channel Channel
	Day     string    // the local day, as 2006-01-02
	At      time.Time // the scheduled time
	State   DeliveryState
	// Attempts is the number of times that the delivery has been claimed.
	Attempts int
	Term     string    // the term's ID, or "" before the term is sent
	Round    int       // the round of Term, from 1, or 0 before Term is sent
	Began    time.Time // when the first attempt to send the post began; zero if there was none
	Ref      string    // the platform's ID for the message, or "" if there is none
}
