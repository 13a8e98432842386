// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>

namespace steward::test {

/// A directory of its own, removed with everything in it.
class scratch_directory {
public:
    scratch_directory() : scratch_directory{std::filesystem::temp_directory_path()} {}
    /// In a folder, which is made where it is missing.
    explicit scratch_directory(const std::filesystem::path& in)
    {
        std::filesystem::create_directories(in);
        std::string name = (in / "steward_test_XXXXXX").string();
        if (!::mkdtemp(name.data()))
            throw std::runtime_error{"no temporary directory"};
        path_ = name;
    }
    scratch_directory(const scratch_directory&) = delete;
    scratch_directory& operator=(const scratch_directory&) = delete;
    ~scratch_directory()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    [[nodiscard]] std::string file(std::string_view name) const { return (path_ / name).string(); }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

} // namespace steward::test
