package bot

import "time"

// DeliveryState is how far a delivery has come.
type DeliveryState string

// The states of a delivery. The last four are final.
const (
	Planned DeliveryState = "planned" // nothing was sent
	Sending DeliveryState = "sending" // it may have been sent
	Sent    DeliveryState = "sent"
	Skipped DeliveryState = "skipped" // too late, or the schedule was changed or deleted
	Failed  DeliveryState = "failed"  // the platform refused it for good
	Unknown DeliveryState = "unclear" // cut off while it was sent, and not sent again
)

// A Delivery is the daily term of one channel on one local day, of which there
// is never a second.
type Delivery struct {
	Channel Channel
	Day     string    // local, as 2006-01-02
	At      time.Time // when the schedule has it
	State   DeliveryState
	// Attempts is how often it was claimed.
	Attempts int
	Term     string    // ID; "" before it is sent
	Round    int       // in which turn of all terms Term comes, from 1; 0 before it is sent
	Began    time.Time // when it was first about to be sent; zero before
	Ref      string    // the platform's ID of the message; "" if there is none
}
