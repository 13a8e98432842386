// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "results.hpp"

#include <string>

namespace steward::test {

/// A run beside peers: one combination that some_results has, too, and puddle, which it lacks.
inline const std::string some_peers = R"({
 "lab": 1,
 "machine": {"cpu": "a, \"b\"", "cores": 2, "system": "s", "compiler": "c", "when": "w"},
 "quick": true,
 "subjects": [
  {"id": "mutex,none", "kind": "steward", "axes": {"locking": "mutex", "metrics": "none"}},
  {"id": "puddle", "kind": "peer", "version": "2.2.2", "language": "Go"},
  {"id": "bb8", "kind": "peer", "missing": "a | b"}
 ],
 "results": [
  {"subject": "mutex,none", "workload": "long_hold", "threads": 2, "slots": 2,
   "samples": {"leases_per_s": [200, 201, 199, 202, 198], "max_ns": [300, 310, 290, 320, 280], "p99_ns": [9, 9, 9, 9, 9]}},
  {"subject": "mutex,none", "workload": "hot_loop", "threads": 1, "slots": 1,
   "samples": {"leases_per_s": [1e8, 1.01e8, 0.99e8, 1.02e8, 0.98e8], "max_ns": [3e3, 3e3, 3e3, 3e3, 3e3]}},
  {"subject": "puddle", "workload": "long_hold", "threads": 2, "slots": 2,
   "samples": {"leases_per_s": [100, 101, 99, 102, 98], "max_ns": [100, 110, 90, 120, 80], "p99_ns": [9, 9, 9, 9, 9]}},
  {"subject": "puddle", "workload": "hot_loop", "threads": 1, "slots": 1,
   "samples": {"leases_per_s": [1.02e8, 1.01e8, 1.03e8, 0.99e8, 1.04e8], "p99_ns": [5, 5, 5, 5, 5]}}
 ],
 "notes": [{"workload": "long_hold", "threads": 2, "text": "why"}, {"subject": "mutex,none", "text": "that"}],
 "compile": [{"header": "h", "compiler": "c", "axis": "resources", "n": 0, "seconds": [1, 3], "peak_mib": 9}],
 "templates": [{"name": "t<int>", "seconds": 0.4, "count": 12}]
})";

inline lab::results read_some_peers() { return lab::read_results(some_peers, "peers.json"); }

} // namespace steward::test
