// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace steward::inline v0::adapters::detail {

class redis_connection;

/// Something that uses a session's connection for as long as the session is held: a pipeline, a transaction. Afterwards it
/// has expired, and never touches the connection again, which may serve others.
class redis_guest {
protected:
    /// `what` it is, for errors.
    redis_guest(const std::shared_ptr<redis_connection>& host, std::string_view what);

    [[nodiscard]] bool expired() const noexcept;
    /// The connection; throws redis_errc::expired once the session was given back.
    [[nodiscard]] redis_connection& host() const;
    /// What it is, with the resource and the server.
    [[nodiscard]] const std::string& what() const noexcept { return what_; }

private:
    std::weak_ptr<redis_connection> host_;
    std::uint64_t holder_;
    std::string what_;
};

} // namespace steward::inline v0::adapters::detail
