// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/filesystem/detail/descriptor.hpp>

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace steward::inline v0::adapters::detail {

/// How a path is resolved beneath a directory.
enum class resolution {
    kernel, ///< by one openat2(2) with RESOLVE_BENEATH and RESOLVE_NO_SYMLINKS (Linux 5.6)
    walk,   ///< component by component, each opened with O_NOFOLLOW: everywhere else
};

/// What this system can do; found out once.
[[nodiscard]] resolution best_resolution() noexcept;

/// The components of a path that stays beneath its start: relative, without "..", without a NUL. "." and repeated
/// slashes are left out, so the result is empty for ".". Throws filesystem_error.
[[nodiscard]] std::vector<std::string> components(const std::filesystem::path& path, std::string_view operation);

/// A directory, and the opening of what is beneath it.
///
/// Nothing here leaves the directory: each path is resolved from its open descriptor, and no symbolic link is followed,
/// whoever changes the tree meanwhile. Threads: all functions may be called at once.
class directory {
public:
    /// Opens a directory by any path; links on the way to it are followed, for it is the program's own configuration.
    directory(const std::filesystem::path& path, std::string_view operation, resolution how);
    /// Takes a descriptor of a directory.
    directory(descriptor&& opened, resolution how) noexcept : fd_{std::move(opened)}, how_{how} {}

    [[nodiscard]] int get() const noexcept { return fd_.get(); }
    [[nodiscard]] resolution how() const noexcept { return how_; }

    /// Opens what is at a path beneath. Throws filesystem_error.
    [[nodiscard]] descriptor open(const std::filesystem::path& path, int flags, std::string_view operation,
                                  mode_t mode = 0) const;
    /// Opens a regular file beneath; anything else is refused, and a pipe does not block.
    [[nodiscard]] descriptor open_file(const std::filesystem::path& path, int flags, std::string_view operation,
                                       mode_t mode = 0) const;

    /// Makes a directory and those above it, where they are missing.
    void make_directories(const std::filesystem::path& path, std::string_view operation) const;

    /// The directory in which a path's last component stands, and that component.
    struct place;
    [[nodiscard]] place parent_of(const std::filesystem::path& path, std::string_view operation) const;

private:
    [[nodiscard]] int try_open(const std::vector<std::string>& parts, int flags, mode_t mode) const;
    [[nodiscard]] int walk(const std::vector<std::string>& parts, int flags, mode_t mode) const noexcept;

    descriptor fd_;
    resolution how_;
};

struct directory::place {
    directory parent;
    std::string name;
};

/// Throws the filesystem_error for an errno.
[[noreturn]] void fail(int error, std::string_view operation, const std::filesystem::path& path);

} // namespace steward::inline v0::adapters::detail
