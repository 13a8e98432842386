// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <libpq-fe.h>

/// The numbers of PostgreSQL's own types, which never change.
namespace steward::inline v0::adapters::detail::pg::type {

inline constexpr Oid boolean = 16, bytea = 17, int8 = 20, int2 = 21, int4 = 23, oid = 26, float4 = 700, float8 = 701,
                     numeric = 1700;

} // namespace steward::inline v0::adapters::detail::pg::type
