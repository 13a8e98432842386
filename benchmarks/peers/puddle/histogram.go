// SPDX-License-Identifier: BSL-1.0

package main

import (
	"fmt"
	"math/bits"
	"strings"
)

// The same buckets as in ../cpp/histogram.hpp.
type histogram struct {
	counts  [4352]uint64
	longest uint64
}

func (h *histogram) add(time uint64) {
	shift := bits.Len64(time) - 8
	if shift < 0 {
		shift = 0
	}
	bucket := uint64(shift)*128 + time>>uint(shift)
	if bucket >= uint64(len(h.counts)) {
		bucket = uint64(len(h.counts)) - 1
	}
	h.counts[bucket]++
	if time > h.longest {
		h.longest = time
	}
}

func (h *histogram) merge(other *histogram) {
	for i, count := range other.counts {
		h.counts[i] += count
	}
	if other.longest > h.longest {
		h.longest = other.longest
	}
}

func (h *histogram) String() string {
	var parts []string
	for i, count := range h.counts {
		if count != 0 {
			parts = append(parts, fmt.Sprintf("[%d,%d]", i, count))
		}
	}
	return strings.Join(parts, ",")
}
