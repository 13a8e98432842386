// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace steward::inline v0::adapters {

/// Why a file area refused or failed to do something.
enum class filesystem_errc {
    invalid_path,      ///< empty, with a NUL in it, or not the name of a file
    outside,           ///< absolute, or with ".." in it: it would leave the base path
    symbolic_link,     ///< a symbolic link stands on the way; none is ever followed
    not_found,         ///< there is no such file or directory
    not_a_directory,   ///< something on the way is a file
    not_a_file,        ///< it is a directory, a device, a socket or a pipe
    not_empty,         ///< a directory that still has entries cannot be removed
    permission_denied, ///< the process may not do this
    out_of_space,      ///< the disk or the quota is full, or a file would be larger than it may be
    input_output,      ///< the operating system reported another error
};

/// The code in words: "symbolic link".
[[nodiscard]] std::string_view to_string(filesystem_errc code) noexcept;

/// What a file area refused or failed to do: its text has the operation, the path as it was given, the reason, and what
/// to do about it.
class filesystem_error : public std::runtime_error {
public:
    /// `operation` is what was to be done ("read"), `path` the path as it was given, `native_code` an errno or 0.
    filesystem_error(filesystem_errc code, std::string_view operation, std::string_view path, int native_code = 0);

    /// Why.
    [[nodiscard]] filesystem_errc code() const noexcept { return code_; }
    /// What was to be done: "read", "write", ...
    [[nodiscard]] const std::string& operation() const noexcept { return names_->operation; }
    /// The path as it was given.
    [[nodiscard]] const std::string& path() const noexcept { return names_->path; }
    /// The operating system's errno; 0 if the refusal did not come from there.
    [[nodiscard]] int native_code() const noexcept { return native_code_; }

private:
    struct names {
        std::string operation, path;
    };

    filesystem_errc code_;
    std::shared_ptr<const names> names_; // shared, so that copying an error cannot throw
    int native_code_;
};

} // namespace steward::inline v0::adapters
