// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <memory>

namespace soci {
class session;
}

namespace steward::inline v0::adapters::detail {

/// The number of a new database in memory, which no other has in the process.
[[nodiscard]] std::uint64_t next_shared_memory() noexcept;

/// A connection to the database in memory of that number, which is there as long as somebody has it open. Throws
/// cannot_connect.
[[nodiscard]] std::unique_ptr<soci::session> open_shared_memory(std::uint64_t number);

} // namespace steward::inline v0::adapters::detail
