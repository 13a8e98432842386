// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/filesystem.hpp>

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace tests {

namespace fs = std::filesystem;
using steward::adapters::file_area;
using steward::adapters::filesystem_errc;
using steward::adapters::filesystem_error;
using steward::adapters::filesystem_settings;
using steward::adapters::detail::resolution;

/// A directory of the test's own, with `base` in it and `outside` beside that.
class scratch {
public:
    scratch()
    {
        std::string name = (fs::temp_directory_path() / "steward_files_XXXXXX").native();
        root = mkdtemp(name.data());
        base = root / "base";
        outside = root / "outside";
        fs::create_directories(base);
        fs::create_directories(outside);
        put(outside / "secret", "secret");
    }
    ~scratch()
    {
        std::error_code ignored;
        fs::remove_all(root, ignored);
    }
    scratch(const scratch&) = delete;
    scratch& operator=(const scratch&) = delete;

    static void put(const fs::path& path, std::string_view text) { std::ofstream{path} << text; }
    [[nodiscard]] static std::string content(const fs::path& path)
    {
        std::ifstream file{path};
        return {std::istreambuf_iterator<char>{file}, {}};
    }
    [[nodiscard]] static std::size_t entries(const fs::path& path)
    {
        return static_cast<std::size_t>(std::distance(fs::directory_iterator{path}, {}));
    }

    fs::path root, base, outside;
};

/// The code of the filesystem_error that `f` throws.
template <class F>
filesystem_errc refused(F f)
{
    try {
        f();
    } catch (const filesystem_error& error) {
        return error.code();
    }
    ADD_FAILURE() << "nothing was refused";
    return {};
}

/// Every test with both ways to resolve a path beneath the base.
class file_area_test : public scratch, public testing::TestWithParam<resolution> {
protected:
    void SetUp() override
    {
        if (GetParam() == resolution::kernel && steward::adapters::detail::best_resolution() == resolution::walk)
            GTEST_SKIP() << "this kernel has no openat2";
    }
    file_area area{filesystem_settings{.base_path = base, .temp_dir = {}}, GetParam()};
};

inline std::string name_of(const testing::TestParamInfo<resolution>& info)
{
    return info.param == resolution::kernel ? "kernel" : "walk";
}

} // namespace tests

#define STEWARD_BOTH_RESOLUTIONS(fixture)                                                                              \
    INSTANTIATE_TEST_SUITE_P(by, fixture, testing::Values(resolution::kernel, resolution::walk), name_of)
