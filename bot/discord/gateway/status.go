package gateway

import "sync"

// status tracks which shards of this replica are connected.
type status struct {
	onChange func(all bool)

	mu        sync.Mutex
	connected map[int]bool
}

// begin marks shard assignment as started. From then on, a replica without shards counts
// as connected.
func (s *status) begin() { s.update(func() { s.connected = make(map[int]bool) }) }

func (s *status) add(id int)          { s.update(func() { s.connected[id] = false }) }
func (s *status) remove(id int)       { s.update(func() { delete(s.connected, id) }) }
func (s *status) set(id int, on bool) { s.update(func() { s.connected[id] = on }) }

func (s *status) update(change func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change()
	all := true
	for _, on := range s.connected {
		all = all && on
	}
	s.onChange(all)
}
