// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/filesystem/detail/directory.hpp>
#include <steward/adapters/filesystem/detail/temporaries.hpp>
#include <steward/adapters/filesystem/error.hpp>
#include <steward/adapters/filesystem/mapped_file.hpp>

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace steward::inline v0::adapters {

struct filesystem_settings;

/// The files beneath one directory, the base path: the resource of the `filesystem` adapter.
///
/// A path is relative to the base path, or is one that `create_temp` returned. Nothing outside can be named: ".." and
/// other absolute paths are refused, and symbolic links are never followed, wherever they stand and whoever puts them
/// there while a call is under way, since everything is opened beneath the base path's open descriptor.
/// Errors: every function throws filesystem_error; what failed changed nothing. Threads: any number may use one area.
class file_area {
public:
    /// Opens the base path, which must exist. `how` is for tests: which way of the kernel's keeps paths beneath it.
    explicit file_area(const filesystem_settings& settings, detail::resolution how = detail::best_resolution());
    /// Removes the temporary files that are left, if auto_cleanup says so.
    ~file_area();
    file_area(const file_area&) = delete;
    file_area& operator=(const file_area&) = delete;

    /// As the settings have it.
    [[nodiscard]] const std::filesystem::path& base_path() const noexcept { return base_path_; }

    /// The whole content of a file.
    [[nodiscard]] std::string read(const std::filesystem::path& path) const;
    /// The content without a copy.
    [[nodiscard]] mapped_file map(const std::filesystem::path& path) const;

    /// Replaces a file, or makes it: whoever reads it sees the old content or the new one, whole, also after a crash. A
    /// file that is replaced keeps its permissions. Its directory must exist. If only that cannot be synchronised with
    /// the disk, the error comes with the new content in place.
    void write(const std::filesystem::path& path, std::string_view content);
    /// Adds to the end of a file, or makes it. Concurrent calls do not mix their texts.
    void append(const std::filesystem::path& path, std::string_view content);

    /// The files and directories that match, sorted, as paths relative to the base path. `*`, `?` and `[...]` match
    /// within one component, a leading dot only literally; symbolic links are left out.
    [[nodiscard]] std::vector<std::filesystem::path> list(const std::filesystem::path& pattern = "*") const;

    /// Removes a file, an empty directory or a symbolic link (not what it leads to). False: there was none.
    bool remove(const std::filesystem::path& path);
    /// Whether there is a file or directory.
    [[nodiscard]] bool exists(const std::filesystem::path& path) const;
    /// Bytes in a file.
    [[nodiscard]] std::uintmax_t size(const std::filesystem::path& path) const;
    /// Makes a directory and those above it; harmless if they are there.
    void make_directories(const std::filesystem::path& path);

    /// Creates an empty file of its own in the temp_dir, readable by this user alone; its absolute path, which all
    /// functions here take, and any other program.
    [[nodiscard]] std::filesystem::path create_temp(std::string_view prefix = "steward-");

    /// Whether the base path still exists.
    [[nodiscard]] bool usable() const noexcept;

private:
    [[nodiscard]] detail::directory::place place_of(const std::filesystem::path& path,
                                                    std::string_view operation) const;
    [[nodiscard]] detail::descriptor open_file(const std::filesystem::path& path, int flags,
                                               std::string_view operation) const;

    std::filesystem::path base_path_;
    bool auto_cleanup_;
    detail::directory base_;
    detail::temporaries temporaries_;
};

} // namespace steward::inline v0::adapters
