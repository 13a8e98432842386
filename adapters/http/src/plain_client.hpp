// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <httplib.h>

#include <chrono>
#include <functional>
#include <string>

namespace steward::inline v0::adapters::detail {

/// httplib's client of a server without TLS, that uses a `Stream` in the place of its own.
///
/// By a function of httplib that is private there. What a version could change without a word: that it has another form, or
/// that something is written elsewhere; see the tests of plain_client.
template <class Stream>
class plain_client : public httplib::ClientImpl {
public:
    /// `used`, which must outlive it, becomes true with the first request, if this version lets its stream be replaced.
    plain_client(const std::string& host, int port, bool& used) : ClientImpl{host, port}, used_{used} {}

private:
    using use_of_stream = std::function<bool(httplib::Stream&)>;

    bool process(const Socket& socket, const use_of_stream& use)
    {
        using std::chrono::ceil, std::chrono::seconds, std::chrono::microseconds;
        using time = typename Stream::time;
        used_ = true;
        Stream stream{socket.sock, ceil<time>(seconds{read_timeout_sec_} + microseconds{read_timeout_usec_}),
                      ceil<time>(seconds{write_timeout_sec_} + microseconds{write_timeout_usec_})};
        return use(stream);
    }

    // In the two forms that httplib's versions have, with and without the time at which the request began. Where it has
    // another one, these are never called. NOLINTBEGIN(modernize-use-override, performance-unnecessary-value-param)
    bool process_socket(const Socket& socket, use_of_stream use) { return process(socket, use); }
    bool process_socket(const Socket& socket, std::chrono::steady_clock::time_point /*start*/, use_of_stream use)
    {
        return process(socket, use);
    }
    // NOLINTEND(modernize-use-override, performance-unnecessary-value-param)

    bool& used_;
};

} // namespace steward::inline v0::adapters::detail
