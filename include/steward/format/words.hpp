// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/error.hpp>
#include <steward/format/as_text.hpp>
#include <steward/owner_id.hpp>
#include <steward/resource_health.hpp>
#include <steward/resource_status.hpp>

/// @file
/// States, health, error codes and operations print as the words that their `to_string` gives; an owner as its name.

template <>
struct fmt::formatter<steward::resource_state> : steward::detail::as_text<steward::resource_state> {};
template <>
struct fmt::formatter<steward::resource_health> : steward::detail::as_text<steward::resource_health> {};
template <>
struct fmt::formatter<steward::errc> : steward::detail::as_text<steward::errc> {};
template <>
struct fmt::formatter<steward::operation> : steward::detail::as_text<steward::operation> {};
template <>
struct fmt::formatter<steward::owner_id> : steward::detail::as_text<steward::owner_id> {};
