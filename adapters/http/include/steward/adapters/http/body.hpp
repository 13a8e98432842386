// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace steward::inline v0::adapters {

/// A body and its type, for an http_request.
struct http_body {
    std::string content{};      ///< the bytes
    std::string content_type{}; ///< such as `application/xml`
};

/// Names and values, in their order; a name may be there several times.
using http_fields = std::vector<std::pair<std::string, std::string>>;

/// One part of a multipart body: a field, or a file where it has a file name.
struct http_part {
    /// The field's name.
    std::string name{};
    /// The field's value, or the file's bytes.
    std::string content{};
    /// Empty: it is no file.
    std::string file_name{};
    /// If it is empty a file is `application/octet-stream`, and a field has none.
    std::string content_type{};
};

/// What a form sends: `application/x-www-form-urlencoded`.
[[nodiscard]] http_body form_body(const http_fields& fields);

/// What a form with files sends: `multipart/form-data` (RFC 7578), with a boundary that nobody can guess. Throws http_error
/// (invalid_request) for names and types with line ends or other control characters.
[[nodiscard]] http_body multipart_body(const std::vector<http_part>& parts);

} // namespace steward::inline v0::adapters
