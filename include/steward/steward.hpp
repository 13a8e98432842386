// SPDX-License-Identifier: BSL-1.0
#pragma once

/// @file
/// All of steward but its adapters, its state machines (`steward/fsm.hpp`) and its printing (`steward/format.hpp`).

/// @namespace steward
/// Resource pools and resource managers for state machines.

#include <steward/adapters/function.hpp>
#include <steward/adapters/value.hpp>
#include <steward/catalog.hpp>
#include <steward/health.hpp>
#include <steward/health_monitor.hpp>
#include <steward/locking.hpp>
#include <steward/manager.hpp>
#include <steward/manager_for.hpp>
#include <steward/metrics.hpp>
#include <steward/ownership.hpp>
#include <steward/pooling.hpp>
#include <steward/shared.hpp>
#include <steward/standard_policies.hpp>
#include <steward/version.hpp>
#include <steward/waiting.hpp>
