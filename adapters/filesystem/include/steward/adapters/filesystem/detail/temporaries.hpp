// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/filesystem/detail/directory.hpp>

#include <filesystem>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace steward::inline v0::adapters::detail {

/// A new file's name that nobody can guess: `prefix` and 16 random hexadecimal digits.
[[nodiscard]] std::string random_name(std::string_view prefix);

/// The temporary files of one file area. Threads: all functions may be called at once.
class temporaries {
public:
    /// They are made in `temp_dir`: relative to the base, or absolute. The directory is made for the first of them.
    temporaries(const directory& base, const std::filesystem::path& base_path, std::filesystem::path temp_dir);

    /// Creates an empty file that only this user may read; its absolute path.
    [[nodiscard]] std::filesystem::path create(std::string_view prefix);
    /// Where a path leads that `create` returned: the open directory, and the name in it. Nothing for any other path.
    [[nodiscard]] std::optional<directory::place> find(const std::filesystem::path& path) const;
    /// The file is gone.
    void forget(const std::filesystem::path& path);
    /// Removes all that are left.
    void remove_all() noexcept;

private:
    [[nodiscard]] directory open_directory() const;

    const directory& base_;
    std::filesystem::path temp_dir_;
    std::filesystem::path where_; ///< the same, absolute
    mutable std::mutex mutex_;
    std::optional<directory> opened_;
    std::set<std::string> names_;
};

} // namespace steward::inline v0::adapters::detail
