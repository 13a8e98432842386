// SPDX-License-Identifier: BSL-1.0
#pragma once

/// @file
/// Printing with fmt: states, health, errors, metrics, statuses and the table of a whole manager.
///
///     fmt::print("{}\n{}\n", manager.status<"db">(), steward::table_of(manager));
///
/// Everything prints as text does, with fill, alignment and width: `{:>12}`. No output holds a secret that stands in a
/// message as a URL's user-info or as `password=...`. Link steward::format.

#include <steward/format/duration.hpp>
#include <steward/format/error.hpp>
#include <steward/format/metrics.hpp>
#include <steward/format/status.hpp>
#include <steward/format/table.hpp>
#include <steward/format/words.hpp>
