// SPDX-License-Identifier: BSL-1.0
// No path leaves the base path: not by its text, not by a link, not by a race.

#include "area_fixture.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <thread>

namespace {

using namespace tests;

class file_area_outside : public file_area_test {
protected:
    // Every function that takes a path.
    template <class F>
    void with_each_function(const fs::path& path, F expect)
    {
        expect(refused([&] { static_cast<void>(area.read(path)); }), "read");
        expect(refused([&] { static_cast<void>(area.map(path)); }), "map");
        expect(refused([&] { area.write(path, "changed"); }), "write");
        expect(refused([&] { area.append(path, "changed"); }), "append");
        expect(refused([&] { static_cast<void>(area.size(path)); }), "size");
    }
    void expect_refusal(const fs::path& path, filesystem_errc code)
    {
        with_each_function(
            path, [&](filesystem_errc got, const char* function) { EXPECT_EQ(got, code) << function << " " << path; });
        EXPECT_EQ(content(outside / "secret"), "secret");
    }
};
STEWARD_BOTH_RESOLUTIONS(file_area_outside);

TEST_P(file_area_outside, dots_are_refused)
{
    expect_refusal("../outside/secret", filesystem_errc::outside);
    area.make_directories("a");
    expect_refusal("a/../../outside/secret", filesystem_errc::outside);
    EXPECT_EQ(refused([&] { area.make_directories("../made"); }), filesystem_errc::outside);
    EXPECT_EQ(refused([&] { area.remove("../outside/secret"); }), filesystem_errc::outside);
    EXPECT_EQ(refused([&] { static_cast<void>(area.exists("..")); }), filesystem_errc::outside);
}

TEST_P(file_area_outside, dots_are_refused_even_where_they_would_stay_inside)
{
    area.make_directories("a");
    area.write("b", "text");
    EXPECT_EQ(refused([&] { static_cast<void>(area.read("a/../b")); }), filesystem_errc::outside);
}

TEST_P(file_area_outside, absolute_paths_are_refused_even_into_the_base)
{
    expect_refusal(outside / "secret", filesystem_errc::outside);
    area.write("a.txt", "text");
    EXPECT_EQ(refused([&] { static_cast<void>(area.read(base / "a.txt")); }), filesystem_errc::outside);
}

TEST_P(file_area_outside, a_link_to_a_file_is_not_followed)
{
    fs::create_symlink(outside / "secret", base / "link");
    expect_refusal("link", filesystem_errc::symbolic_link);
    EXPECT_EQ(refused([&] { static_cast<void>(area.exists("link")); }), filesystem_errc::symbolic_link);
}

TEST_P(file_area_outside, a_link_to_a_directory_is_not_followed)
{
    fs::create_directory_symlink(outside, base / "way");
    expect_refusal("way/secret", filesystem_errc::symbolic_link);
    EXPECT_EQ(refused([&] { area.remove("way/secret"); }), filesystem_errc::symbolic_link);
    EXPECT_EQ(refused([&] { area.make_directories("way/made"); }), filesystem_errc::symbolic_link);
    EXPECT_FALSE(fs::exists(outside / "made"));
}

TEST_P(file_area_outside, a_link_that_stays_inside_is_not_followed_either)
{
    area.write("a.txt", "text");
    fs::create_symlink("a.txt", base / "link");
    EXPECT_EQ(refused([&] { static_cast<void>(area.read("link")); }), filesystem_errc::symbolic_link);
}

TEST_P(file_area_outside, an_empty_path_and_one_with_a_nul_are_refused)
{
    expect_refusal("", filesystem_errc::invalid_path);
    expect_refusal(std::string{"a.txt\0b", 7}, filesystem_errc::invalid_path);
    EXPECT_EQ(refused([&] { area.write("directory/", "text"); }), filesystem_errc::invalid_path);
    EXPECT_EQ(refused([&] { area.write(".", "text"); }), filesystem_errc::invalid_path);
}

TEST_P(file_area_outside, a_name_that_is_too_long_is_refused)
{
    EXPECT_EQ(refused([&] { area.write(std::string(300, 'a'), "text"); }), filesystem_errc::invalid_path);
}

TEST_P(file_area_outside, an_error_names_the_operation_the_path_and_the_reason)
{
    try {
        static_cast<void>(area.read("a\nb"));
        FAIL();
    } catch (const filesystem_error& error) {
        EXPECT_STREQ(error.what(), "read 'a?b': there is no such file or directory");
        EXPECT_EQ(error.native_code(), ENOENT);
    }
}

TEST_P(file_area_outside, a_directory_that_is_exchanged_for_a_link_meanwhile_leads_nowhere)
{
    // An attacker swaps `way` between a directory and a link to the outside, as fast as he can.
    area.make_directories("way");
    fs::create_directory_symlink(outside, base / "link");
    std::atomic<bool> stop{false};
    std::thread attacker{[&] {
        while (!stop)
            renameat2(AT_FDCWD, (base / "way").c_str(), AT_FDCWD, (base / "link").c_str(), 2 /* RENAME_EXCHANGE */);
    }};
    for (int i = 0; i != 2000; ++i) {
        try {
            area.write("way/secret", "changed");
        } catch (const filesystem_error&) {
        }
        try {
            EXPECT_NE(area.read("way/secret"), "secret");
        } catch (const filesystem_error&) {
        }
    }
    stop = true;
    attacker.join();
    EXPECT_EQ(content(outside / "secret"), "secret");
    EXPECT_EQ(entries(outside), 1U);
}

} // namespace
