// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "results.hpp"

#include <string>
#include <string_view>

namespace steward::test {

/// Four combinations and two peers, one of them missing, in one workload: what the tests of this folder change.
inline constexpr std::string_view some_results = R"({
 "lab": 1,
 "machine": {"cpu": "a, \"b\"", "cores": 2, "system": "s", "compiler": "c", "when": "w"},
 "quick": false,
 "subjects": [
  {"id": "mutex,none", "kind": "steward", "axes": {"locking": "mutex", "metrics": "none"}, "bytes_per_slot": 64},
  {"id": "mutex,counters", "kind": "steward", "axes": {"locking": "mutex", "metrics": "counters"}, "bytes_per_slot": 96},
  {"id": "spin,none", "kind": "steward", "axes": {"locking": "spin", "metrics": "none"}, "bytes_per_slot": 64},
  {"id": "spin,counters", "kind": "steward", "axes": {"locking": "spin", "metrics": "counters"}, "bytes_per_slot": 96},
  {"id": "HikariCP", "kind": "peer", "version": "5.1.0", "language": "Java"},
  {"id": "puddle", "kind": "peer", "missing": "go is not installed"}
 ],
 "results": [
  {"subject": "mutex,none", "workload": "hot_loop", "threads": 1, "slots": 1,
   "samples": {"leases_per_s": [1e8, 1.01e8, 0.99e8, 1.02e8, 0.98e8], "exchange_ns": [5, 5, 5, 5, 5]}},
  {"subject": "mutex,counters", "workload": "hot_loop", "threads": 1, "slots": 1,
   "samples": {"leases_per_s": [8e7, 8.1e7, 7.9e7, 8.2e7, 7.8e7], "exchange_ns": [5, 5, 5, 5, 5]}},
  {"subject": "spin,none", "workload": "hot_loop", "threads": 1, "slots": 1,
   "samples": {"leases_per_s": [2e8, 2.01e8, 1.99e8, 2.02e8, 1.98e8], "exchange_ns": [5, 5, 5, 5, 5]}},
  {"subject": "spin,counters", "workload": "hot_loop", "threads": 1, "slots": 1,
   "samples": {"leases_per_s": [1.995e8, 2.005e8, 1.985e8, 2.015e8, 1.975e8], "exchange_ns": [5, 5, 5, 5, 5]}},
  {"subject": "HikariCP", "workload": "hot_loop", "threads": 1, "slots": 1,
   "samples": {"leases_per_s": [2e7, 2.1e7, 1.9e7, 2.2e7, 1.8e7], "p99_ns": [1, 2, 3, 4, 5]}}
 ]
})";

/// The same with a part replaced, which must be there.
inline std::string some_results_with(std::string_view part, std::string_view replacement)
{
    std::string text{some_results};
    return text.replace(text.find(part), part.size(), replacement);
}

inline lab::results read_some_results() { return lab::read_results(std::string{some_results}, "results.json"); }

} // namespace steward::test
