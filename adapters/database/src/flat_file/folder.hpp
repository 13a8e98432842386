// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/database/error.hpp>

#include <cstdint>
#include <ctime>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sys/stat.h>
#include <sys/types.h>

namespace steward::inline v0::adapters::detail {

/// An open file or folder.
class file_descriptor {
public:
    explicit file_descriptor(int opened = -1) noexcept : number_{opened} {}
    file_descriptor(file_descriptor&& other) noexcept : number_{std::exchange(other.number_, -1)} {}
    file_descriptor& operator=(file_descriptor&& other) noexcept
    {
        std::swap(number_, other.number_);
        return *this;
    }
    ~file_descriptor();

    [[nodiscard]] int get() const noexcept { return number_; }
    [[nodiscard]] explicit operator bool() const noexcept { return number_ >= 0; }

private:
    int number_;
};

/// By what a file is known again. One that somebody has replaced or written to since has another.
struct file_identity {
    dev_t device = 0;
    ino_t number = 0;
    off_t size = 0;
    std::int64_t seconds = 0, nanoseconds = 0;

    [[nodiscard]] static file_identity of(const struct stat& status) noexcept;
    [[nodiscard]] bool operator==(const file_identity&) const = default;
};

/// A file as it was read.
struct file_content {
    std::string text;
    file_identity identity;
};

/// What a file's content is, by its name.
enum class file_role { none, csv, json_lines, schema };

inline constexpr std::string_view schema_file = "schema.sql";

[[nodiscard]] file_role role_of(std::string_view name) noexcept;
/// The name without its extension, which is a table's.
[[nodiscard]] std::string_view table_of(std::string_view file_name) noexcept;
/// Why a table of that name cannot be a file; empty if it can.
[[nodiscard]] std::string_view refused_as_file(std::string_view table) noexcept;

/// A folder, locked as long as this object lives. Names are those of files directly in it.
///
/// Everything goes through the open folder, so that neither a change of the working directory nor a folder that is moved
/// leads elsewhere. Errors: database_error, which names folder and file. Threads: const functions, any.
class folder {
public:
    /// Throws busy if another process, or another object of this one, has locked it.
    folder(const std::string& path, bool read_only);

    [[nodiscard]] const std::string& path() const noexcept { return path_; }
    [[nodiscard]] bool read_only() const noexcept { return read_only_; }
    /// Of everything in it, sorted.
    [[nodiscard]] std::vector<std::string> names() const;
    /// Throws unless it is a regular file, no symbolic link, and, if it may have to be replaced, has no other name.
    [[nodiscard]] file_content read(const std::string& name) const;
    [[nodiscard]] bool exists(const std::string& name) const;
    /// The file's identity; false if there is none.
    [[nodiscard]] bool look_up(const std::string& name, struct stat& status) const;

    /// Creates a file, or empties it.
    [[nodiscard]] file_descriptor create(const std::string& name, mode_t mode) const;
    void rename(const std::string& from, const std::string& to) const;
    /// Does nothing if there is no such file.
    void remove(const std::string& name) const;
    /// Waits until names are on the disk.
    void synchronize() const;

    /// An error of that kind in this folder: `the folder '/data': orders.csv:3: expected ...`.
    [[nodiscard]] database_error error(database_errc code, std::string_view reason) const;
    /// What errno says about a file.
    [[nodiscard]] database_error system_error(std::string_view doing, std::string_view name, int number) const;

private:
    void lock() const;

    std::string path_;
    bool read_only_;
    file_descriptor descriptor_;
};

} // namespace steward::inline v0::adapters::detail
