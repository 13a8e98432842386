// SPDX-License-Identifier: BSL-1.0

// puddle's pool. A worker is a goroutine; GOMAXPROCS is as Go sets it, since that is how its programs run.
package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/jackc/puddle/v2"
)

type session struct{ uses int }

// The version that this program was built with.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, each := range info.Deps {
			if strings.HasPrefix(each.Path, "github.com/jackc/puddle") {
				return strings.TrimPrefix(each.Version, "v")
			}
		}
	}
	return "unknown"
}

func newPool(slots int) *puddle.Pool[*session] {
	pool, err := puddle.NewPool(&puddle.Config[*session]{
		Constructor: func(context.Context) (*session, error) { return &session{}, nil },
		Destructor:  func(*session) {},
		MaxSize:     int32(slots),
	})
	if err != nil {
		panic(err)
	}
	return pool
}

func take(pool *puddle.Pool[*session]) *puddle.Resource[*session] {
	held, err := pool.Acquire(context.Background())
	if err != nil {
		panic(err)
	}
	held.Value().uses++
	return held
}

func compute(span time.Duration) {
	for began := time.Now(); time.Since(began) < span; {
	}
}

// The system's own sleep, as in every peer: time.Sleep cannot sleep for less than a millisecond in an idle program.
func block(span time.Duration) {
	time := syscall.NsecToTimespec(span.Nanoseconds())
	_ = syscall.Nanosleep(&time, nil)
}

type log struct {
	waits  histogram
	leases uint64
	_      [64]byte // no two of them share a cache line
}

func onWorkers(count int, span time.Duration, work func(stop *atomic.Bool, log *log)) ([]log, time.Duration) {
	logs := make([]log, count)
	var stop atomic.Bool
	var ready, done sync.WaitGroup
	begin := make(chan struct{})
	for i := range logs {
		ready.Add(1)
		done.Add(1)
		go func(log *log) {
			defer done.Done()
			ready.Done()
			<-begin
			work(&stop, log)
		}(&logs[i])
	}
	ready.Wait()
	began := time.Now()
	close(begin)
	time.Sleep(span)
	stop.Store(true)
	done.Wait()
	return logs, time.Since(began)
}

func lendEach(pool *puddle.Pool[*session], workers int, span time.Duration, hold func()) ([]log, time.Duration) {
	return onWorkers(workers, span, func(stop *atomic.Bool, log *log) {
		for !stop.Load() {
			asked := time.Now()
			held := take(pool)
			log.waits.add(uint64(time.Since(asked)))
			log.leases++
			hold()
			held.Release()
		}
	})
}

// Untimed leases for the throughput, then single ones for the times: a look at the clock takes longer than a lease.
func hotLoop(pool *puddle.Pool[*session], workers int, span time.Duration) ([]log, time.Duration) {
	counted, busy := onWorkers(workers, span*3/4, func(stop *atomic.Bool, log *log) {
		for ; !stop.Load(); log.leases += 500 {
			for i := 0; i < 500; i++ {
				take(pool).Release()
			}
		}
	})
	timed, _ := lendEach(pool, workers, span/4, func() {})
	for i := range counted {
		counted[i].waits = timed[i].waits
	}
	return counted, busy
}

func run(pool *puddle.Pool[*session], workload string, workers int, span time.Duration) ([]log, time.Duration) {
	switch workload {
	case "hot_loop":
		return hotLoop(pool, workers, span)
	case "short_hold":
		return lendEach(pool, workers, span, func() { compute(time.Microsecond) })
	case "crowded_computing":
		return lendEach(pool, workers, span, func() { compute(5 * time.Microsecond) })
	default: // long_hold, crowded_blocking
		return lendEach(pool, workers, span, func() { block(100 * time.Microsecond) })
	}
}

func main() {
	fmt.Printf(`{"id": "puddle", "kind": "peer", "version": "%s", "language": "Go"}`+"\n", version())
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		var workload string
		var workers, slots, milliseconds int
		if _, err := fmt.Sscan(lines.Text(), &workload, &workers, &slots, &milliseconds); err != nil {
			panic(err)
		}
		span := time.Duration(milliseconds) * time.Millisecond
		pool := newPool(slots)
		run(pool, workload, workers, span/5)
		logs, busy := run(pool, workload, workers, span)
		pool.Close()
		var all histogram
		var leases uint64
		for i := range logs {
			all.merge(&logs[i].waits)
			leases += logs[i].leases
		}
		fmt.Printf(`{"leases": %d, "busy_ns": %d, "max_ns": %d, "waits": [%s]}`+"\n",
			leases, busy.Nanoseconds(), all.longest, all.String())
	}
}
