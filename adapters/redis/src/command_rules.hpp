// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <span>
#include <string_view>

namespace steward::inline v0::adapters::detail {

/// What a command is to the session that sends it, besides its reply.
enum class redis_effect {
    none,        ///< the session stays as it is
    transaction, ///< begins or ends a transaction or what is watched: can be undone
    database,    ///< chooses another database: can be undone
    lasting,     ///< changes the session so that it cannot be lent again
    no_reply,    ///< has none, or several: it is not sent
};

/// `words` is a command with its arguments.
[[nodiscard]] redis_effect effect_of(std::span<const std::string_view> words);

} // namespace steward::inline v0::adapters::detail
