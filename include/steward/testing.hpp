// SPDX-License-Identifier: BSL-1.0
#pragma once

/// @namespace steward::testing
/// For tests of your own adapters, policies and programs, with any test framework:
///
/// - `testing::faulty<Adapter>`: an adapter that fails when the test wants it to.
/// - `testing::check_adapter<Adapter>(settings)`, `testing::check_policy<Policy>()`: whether yours do what pools rely on.
/// - `manual_housekeeping` and `manager.maintain(time)` for time, `shared_override` for the process's manager.

#include <steward/testing/adapter_conformance.hpp>
#include <steward/testing/conformance.hpp>
#include <steward/testing/faulty.hpp>
#include <steward/testing/policy_conformance.hpp>
