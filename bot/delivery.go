package bot

import "time"

// DeliveryState is the state of a delivery.
type DeliveryState string

// The states of a delivery. The last four are final.
const (
	Planned DeliveryState = "planned" // nothing has been sent
	Sending DeliveryState = "sending" // it may have been sent
	Sent    DeliveryState = "sent"
	Skipped DeliveryState = "skipped" // it was too late, or the schedule was changed or deleted
	Failed  DeliveryState = "failed"  // the platform permanently refused it
	Unknown DeliveryState = "unclear" // it may have been sent, so it is not sent again
)

// A Delivery is the daily term of one channel on one local day. A channel has at most one per day.
type Delivery struct {
	Channel Channel
	Day     string    // local, as 2006-01-02
	At      time.Time // the scheduled time
	State   DeliveryState
	// Attempts is the number of times that the delivery was claimed.
	Attempts int
	Term     string    // the term's ID; "" before it is sent
	Round    int       // of Term, from 1; 0 before Term is sent
	Began    time.Time // when the first attempt to send it began; zero if there was none
	Ref      string    // the platform's ID of the message; "" if there is none
}
