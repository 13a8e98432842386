// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <httplib.h>

#include <array>
#include <cstddef>

namespace steward::inline v0::adapters::detail {

/// The sizes of httplib's types, which depend on its version and its macros, for whoever includes this: not inline, so
/// that two who differ do not share them. A program in which they differ from the library's has undefined behaviour.
constexpr std::array httplib_sizes_here{
    sizeof(httplib::Request),   sizeof(httplib::Response),   sizeof(httplib::Result),
    sizeof(httplib::Client),    sizeof(httplib::ClientImpl), sizeof(httplib::Server),
#if defined(CPPHTTPLIB_OPENSSL_SUPPORT) || defined(CPPHTTPLIB_SSL_ENABLED)
    sizeof(httplib::SSLClient), sizeof(httplib::SSLServer),
#else
    std::size_t{0},
    std::size_t{0},
#endif
};

/// As the library was compiled.
[[nodiscard]] std::array<std::size_t, httplib_sizes_here.size()> httplib_sizes_in_library() noexcept;

} // namespace steward::inline v0::adapters::detail
