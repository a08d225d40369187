package platform

import (
	"net/http"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"k8sbot/bot"
)

// Metrics are the figures of all conversations, for Prometheus. No label holds
// what a person typed.
type Metrics struct {
	registry   *prometheus.Registry
	questions  *prometheus.CounterVec
	latency    *prometheus.HistogramVec
	apiErrors  *prometheus.CounterVec
	reconnects *prometheus.CounterVec
	connected  *prometheus.GaugeVec
	dropped    *prometheus.CounterVec
	deliveries *prometheus.CounterVec
	lastTick   prometheus.Gauge
	due        prometheus.Gauge
	oldestDue  prometheus.Gauge

	mu    sync.Mutex
	ready map[bot.Platform]bool
}

// NewMetrics returns metrics in a registry of their own.
func NewMetrics() *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		questions: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "k8sbot_questions_total",
			Help: "Questions answered, by platform, surface, kind of reply and the rung on which the first term was found. Kind none is a miss.",
		}, []string{"platform", "surface", "kind", "how"}),
		latency: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "k8sbot_answer_seconds",
			Help:    "Time from an event's arrival to its answer.",
			Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5},
		}, []string{"platform"}),
		apiErrors: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "k8sbot_api_errors_total", Help: "Calls of a platform's API that failed, by method and error code.",
		}, []string{"platform", "method", "code"}),
		reconnects: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "k8sbot_reconnects_total", Help: "Connections opened after the first one.",
		}, []string{"platform"}),
		connected: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "k8sbot_connected", Help: "Whether a platform can reach the bot: 1 or 0.",
		}, []string{"platform"}),
		dropped: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "k8sbot_events_dropped_total", Help: "Events that were not answered because too many others were waiting.",
		}, []string{"platform"}),
		deliveries: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "k8sbot_daily_terms_total",
			Help: "Daily terms by how they ended: sent, skipped, failed, or unclear where one was cut off while it was sent.",
		}, []string{"platform", "state"}),
		lastTick: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "k8sbot_daily_last_tick_timestamp_seconds",
			Help: "When the worker for daily terms last looked for due ones without an error, in Unix seconds.",
		}),
		due: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "k8sbot_daily_due", Help: "Daily terms that are due and not yet posted, over all replicas.",
		}),
		oldestDue: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "k8sbot_daily_oldest_due_seconds", Help: "How late the oldest due daily term is.",
		}),
		ready: make(map[bot.Platform]bool),
	}
	m.registry.MustRegister(m.questions, m.latency, m.apiErrors, m.reconnects, m.connected, m.dropped, m.deliveries, m.lastTick, m.due, m.oldestDue,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Handler answers GET /metrics.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// Answered counts a question that arrived at a time.
func (m *Metrics) Answered(req bot.Request, reply bot.Reply, arrived time.Time) {
	how := ""
	if len(reply.Matches) > 0 {
		how = string(reply.Matches[0].How)
	}
	m.questions.WithLabelValues(string(req.Platform), string(req.Surface), string(reply.Kind), how).Inc()
	m.latency.WithLabelValues(string(req.Platform)).Observe(time.Since(arrived).Seconds())
}

// APIError counts a call that failed. code is the platform's own word for it, of
// which there are few.
func (m *Metrics) APIError(p bot.Platform, method, code string) {
	m.apiErrors.WithLabelValues(string(p), method, code).Inc()
}

// Reconnected counts a connection after the first one.
func (m *Metrics) Reconnected(p bot.Platform) { m.reconnects.WithLabelValues(string(p)).Inc() }

// Dropped counts an event that is not answered.
func (m *Metrics) Dropped(p bot.Platform) { m.dropped.WithLabelValues(string(p)).Inc() }

// Delivered counts a daily term that has ended.
func (m *Metrics) Delivered(p bot.Platform, s bot.DeliveryState) {
	m.deliveries.WithLabelValues(string(p), string(s)).Inc()
}

// Ticked notes that the worker for daily terms has looked for due ones.
func (m *Metrics) Ticked(at time.Time) { m.lastTick.Set(float64(at.UnixMilli()) / 1000) }

// Backlog notes how many daily terms are due, and when the oldest was scheduled.
func (m *Metrics) Backlog(due int, oldest time.Time) {
	m.due.Set(float64(due))
	late := 0.0
	if !oldest.IsZero() {
		late = time.Since(oldest).Seconds()
	}
	m.oldestDue.Set(late)
}

// SetConnected notes whether a platform can reach the bot.
func (m *Metrics) SetConnected(p bot.Platform, connected bool) {
	value := 0.0
	if connected {
		value = 1
	}
	m.connected.WithLabelValues(string(p)).Set(value)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.ready[p] = connected
}

// Ready reports whether every platform that was ever noted is connected, and
// names those that are not.
func (m *Metrics) Ready() (ready bool, away []bot.Platform) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for p, connected := range m.ready {
		if !connected {
			away = append(away, p)
		}
	}
	return len(m.ready) > 0 && len(away) == 0, away
}
