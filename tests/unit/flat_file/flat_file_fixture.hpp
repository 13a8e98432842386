// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/database_error_of.hpp"
#include "support/scratch_directory.hpp"

#include <steward/adapters/database.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace steward::test {

using flat_database = adapters::database<adapters::flat_file>;
using adapters::flat_file_format;

inline bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

/// A folder for files that a test writes and reads past the adapter.
class in_folder : public testing::Test {
protected:
    scratch_directory directory;

    [[nodiscard]] adapters::flat_file_settings settings(flat_file_format format = flat_file_format::csv) const
    {
        return {.directory = directory.path().string(), .format = format};
    }
    [[nodiscard]] adapters::flat_file_settings for_reading() const
    {
        return {.directory = directory.path().string(), .read_only = true};
    }
    void write(std::string_view name, std::string_view content) const
    {
        std::ofstream{directory.file(name), std::ios::binary} << content;
    }
    [[nodiscard]] std::string read(std::string_view name) const
    {
        std::ifstream file{directory.file(name), std::ios::binary};
        return file ? std::string{std::istreambuf_iterator<char>{file}, {}} : "(no file)";
    }
    /// The names of all that is in the folder.
    [[nodiscard]] std::vector<std::string> names() const
    {
        std::vector<std::string> result;
        for (const auto& entry : std::filesystem::directory_iterator{directory.path()})
            result.push_back(entry.path().filename().string());
        std::ranges::sort(result);
        return result;
    }
    /// What opening the folder says.
    [[nodiscard]] database_error refusal() const
    {
        return error_of([&] {
            flat_database adapter{settings()};
            static_cast<void>(adapter.create());
        });
    }
};

} // namespace steward::test
