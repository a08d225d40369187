package platform

import (
	"net/http"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"k8sbot/bot"
	"k8sbot/bot/reply"
)

// Metrics are the bot's Prometheus metrics. Labels never contain text that a user typed.
type Metrics struct {
	registry   *prometheus.Registry
	questions  *prometheus.CounterVec
	latency    *prometheus.HistogramVec
	apiErrors  *prometheus.CounterVec
	reconnects *prometheus.CounterVec
	connected  *prometheus.GaugeVec
	dropped    *prometheus.CounterVec
	refused    *prometheus.CounterVec
	queued     *prometheus.GaugeVec
	deliveries *prometheus.CounterVec
	lastTick   prometheus.Gauge
	due        prometheus.Gauge
	oldestDue  prometheus.Gauge

	mu    sync.Mutex
	ready map[bot.Platform]bool
}

// NewMetrics returns metrics that are registered in a new registry.
func NewMetrics() *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		questions: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "k8sbot_questions_total",
			Help: "Questions answered, by platform, surface, kind of reply, and the search stage that found the first term. Kind none is a miss.",
		}, []string{"platform", "surface", "kind", "how"}),
		latency: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "k8sbot_answer_seconds",
			Help:    "Time from the arrival of an event to its reply.",
			Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5},
		}, []string{"platform"}),
		apiErrors: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "k8sbot_api_errors_total", Help: "Failed calls to a platform's API, by method and error code.",
		}, []string{"platform", "method", "code"}),
		reconnects: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "k8sbot_reconnects_total", Help: "Connections opened after the first one.",
		}, []string{"platform"}),
		connected: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "k8sbot_connected", Help: "1 if the platform can reach the bot, otherwise 0.",
		}, []string{"platform"}),
		dropped: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "k8sbot_events_dropped_total", Help: "Events rejected because the queue was full or the bot was shutting down.",
		}, []string{"platform"}),
		refused: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "k8sbot_refused_requests_total",
			Help: "HTTP requests refused, by reason: method, content_type, too_large, timestamp, header (malformed signature), busy, body (not received), signature, or token.",
		}, []string{"platform", "reason"}),
		queued: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "k8sbot_queue_length", Help: "Accepted events that are waiting for a worker.",
		}, []string{"platform"}),
		deliveries: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "k8sbot_daily_terms_total",
			Help: "Daily terms by outcome: sent, skipped, failed, or unclear if it is unknown whether the post arrived.",
		}, []string{"platform", "state"}),
		lastTick: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "k8sbot_daily_last_tick_timestamp_seconds",
			Help: "Time of the last successful check for due daily terms, in Unix seconds.",
		}),
		due: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "k8sbot_daily_due", Help: "Daily terms that are due but not yet posted, across all replicas.",
		}),
		oldestDue: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "k8sbot_daily_oldest_due_seconds", Help: "How late the oldest due daily term is.",
		}),
		ready: make(map[bot.Platform]bool),
	}
	m.registry.MustRegister(m.questions, m.latency, m.apiErrors, m.reconnects, m.connected, m.dropped, m.refused, m.queued, m.deliveries, m.lastTick, m.due, m.oldestDue,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Handler returns the handler for GET /metrics.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// Answered counts a reply and records its latency. arrived is when the event arrived.
func (m *Metrics) Answered(req bot.Request, r reply.Reply, arrived time.Time) {
	how := ""
	if len(r.Matches) > 0 {
		how = string(r.Matches[0].Kind)
	}
	m.questions.WithLabelValues(string(req.Platform), string(req.Surface), string(r.Kind), how).Inc()
	m.latency.WithLabelValues(string(req.Platform)).Observe(time.Since(arrived).Seconds())
}

// APIError counts a failed API call. code is the platform's error code; it becomes a
// label, so it must come from a small set.
func (m *Metrics) APIError(p bot.Platform, method, code string) {
	m.apiErrors.WithLabelValues(string(p), method, code).Inc()
}

// Reconnected counts a connection that replaces an earlier one.
func (m *Metrics) Reconnected(p bot.Platform) { m.reconnects.WithLabelValues(string(p)).Inc() }

// Dropped counts an event that was rejected because the queue was full or the bot was
// shutting down.
func (m *Metrics) Dropped(p bot.Platform) { m.dropped.WithLabelValues(string(p)).Inc() }

// Refused counts an HTTP request that was refused. reason becomes a label, so it must come
// from a small set.
func (m *Metrics) Refused(p bot.Platform, reason string) {
	m.refused.WithLabelValues(string(p), reason).Inc()
}

// Queued adds n to the number of events that wait for a worker.
func (m *Metrics) Queued(p bot.Platform, n int) { m.queued.WithLabelValues(string(p)).Add(float64(n)) }

// Delivered counts a daily term by its final state.
func (m *Metrics) Delivered(p bot.Platform, s bot.DeliveryState) {
	m.deliveries.WithLabelValues(string(p), string(s)).Inc()
}

// Ticked records when the worker for daily terms last checked whether any are due.
func (m *Metrics) Ticked(at time.Time) { m.lastTick.Set(float64(at.UnixMilli()) / 1000) }

// Backlog records how many daily terms are due, and when the oldest of them was scheduled.
func (m *Metrics) Backlog(due int, oldest time.Time) {
	m.due.Set(float64(due))
	late := 0.0
	if !oldest.IsZero() {
		late = time.Since(oldest).Seconds()
	}
	m.oldestDue.Set(late)
}

// SetConnected records whether a platform can reach the bot. It also creates the counters that
// alerts use, with the value 0, because Prometheus does not count a change from no value to 1
// as an increase
// (https://prometheus.io/docs/practices/instrumentation/#avoid-missing-metrics).
func (m *Metrics) SetConnected(p bot.Platform, connected bool) {
	for _, s := range []bot.DeliveryState{bot.Sent, bot.Skipped, bot.Failed, bot.Unknown} {
		m.deliveries.WithLabelValues(string(p), string(s))
	}
	m.dropped.WithLabelValues(string(p))
	value := 0.0
	if connected {
		value = 1
	}
	m.connected.WithLabelValues(string(p)).Set(value)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.ready[p] = connected
}

// Ready reports whether all platforms that were passed to SetConnected are connected, and returns
// the platforms that are not connected. It returns false if there are no such platforms.
func (m *Metrics) Ready() (ready bool, disconnected []bot.Platform) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for p, connected := range m.ready {
		if !connected {
			disconnected = append(disconnected, p)
		}
	}
	return len(m.ready) > 0 && len(disconnected) == 0, disconnected
}
