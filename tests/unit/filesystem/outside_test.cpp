// SPDX-License-Identifier: BSL-1.0
// No path leaves the base path: not by its text, not by a link, not by a race.

#include "area_fixture.hpp"

#include <cstdio>
#include <fcntl.h>

#include <thread>
#include <vector>

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

/// While it lives somebody swaps a directory with a link to another one, as fast as he can.
class exchanged_all_the_time {
public:
    exchanged_all_the_time(const fs::path& directory, const fs::path& elsewhere, const fs::path& link)
    {
        fs::create_directory_symlink(elsewhere, link);
        attacker_ = std::jthread{[directory, link](const std::stop_token& stop) {
            while (!stop.stop_requested())
                renameat2(AT_FDCWD, directory.c_str(), AT_FDCWD, link.c_str(), RENAME_EXCHANGE);
        }};
    }

private:
    std::jthread attacker_;
};

/// Under attack a refusal is right, too.
template <class F>
void tolerant(F f)
{
    try {
        f();
    } catch (const filesystem_error&) { // NOLINT(bugprone-empty-catch): what matters is what did happen
    }
}

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

TEST_P(file_area_outside, a_link_above_the_last_directory_is_not_followed)
{
    fs::create_directory(outside / "deep");
    put(outside / "deep" / "canary", "canary");
    fs::create_directory_symlink(outside, base / "way");
    expect_refusal("way/deep/canary", filesystem_errc::symbolic_link);
    EXPECT_EQ(refused([&] { area.remove("way/deep/canary"); }), filesystem_errc::symbolic_link);
    EXPECT_EQ(refused([&] { static_cast<void>(area.exists("way/deep/canary")); }), filesystem_errc::symbolic_link);
    EXPECT_TRUE(area.list("way/deep/*").empty());
    EXPECT_EQ(content(outside / "deep" / "canary"), "canary");
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

TEST_P(file_area_outside, a_path_that_ends_in_a_dot_names_no_file)
{
    area.write("a.txt", "text");
    area.make_directories("d");
    EXPECT_EQ(refused([&] { static_cast<void>(area.read("a.txt/.")); }), filesystem_errc::invalid_path);
    EXPECT_EQ(refused([&] { area.remove("d/."); }), filesystem_errc::invalid_path);
    EXPECT_TRUE(area.exists("d"));
}

TEST_P(file_area_outside, a_name_that_is_too_long_is_refused)
{
    EXPECT_EQ(refused([&] { area.write(std::string(300, 'a'), "text"); }), filesystem_errc::invalid_path);
}

TEST_P(file_area_outside, a_directory_that_is_exchanged_for_a_link_meanwhile_leads_nowhere)
{
    area.make_directories("way");
    const exchanged_all_the_time attack{base / "way", outside, base / "link"};
    for (int i = 0; i != 2000; ++i) {
        tolerant([&] { area.write("way/secret", "changed"); });
        tolerant([&] { EXPECT_NE(area.read("way/secret"), "secret"); });
    }
    EXPECT_EQ(content(outside / "secret"), "secret");
    EXPECT_EQ(entries(outside), 1U);
}

TEST_P(file_area_outside, nothing_behind_an_exchanged_link_is_seen_changed_or_removed_by_the_other_functions)
{
    // The link stands just above the file in the one path, and further up in the other.
    const std::vector<fs::path> directories{"way", "way/deep"};
    fs::create_directory(outside / "deep");
    put(outside / "canary", "canary");
    put(outside / "deep" / "canary", "canary");
    area.make_directories("way/deep"); // in which there is no canary
    const exchanged_all_the_time attack{base / "way", outside, base / "link"};
    for (int i = 0; i != 1000; ++i)
        for (const fs::path& directory : directories) {
            tolerant([&] { EXPECT_FALSE(area.exists(directory / "canary")); });
            tolerant([&] { EXPECT_FALSE(area.remove(directory / "canary")); });
            tolerant([&] { EXPECT_TRUE(area.list(directory / "c*").empty()); });
            tolerant([&] { ADD_FAILURE() << area.map(directory / "canary").text(); });
            tolerant([&] { ADD_FAILURE() << area.size(directory / "canary"); });
        }
    for (int i = 0; i != 1000; ++i)
        for (const fs::path& directory : directories) {
            tolerant([&] { area.append(directory / "canary", "changed"); });
            tolerant([&] { area.make_directories(directory / "made"); });
        }
    EXPECT_EQ(content(outside / "canary"), "canary");
    EXPECT_EQ(content(outside / "deep" / "canary"), "canary");
    EXPECT_EQ(entries(outside), 3U); // and the secret
    EXPECT_EQ(entries(outside / "deep"), 1U);
}

} // namespace
