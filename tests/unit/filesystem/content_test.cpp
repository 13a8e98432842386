// SPDX-License-Identifier: BSL-1.0
#include "area_fixture.hpp"

#include <sys/stat.h>

#include <atomic>
#include <thread>
#include <vector>

namespace {

using namespace tests;

class file_area_content : public file_area_test {};
STEWARD_BOTH_RESOLUTIONS(file_area_content);

TEST_P(file_area_content, what_was_written_is_read)
{
    area.write("a.txt", "one\ntwo");
    EXPECT_EQ(area.read("a.txt"), "one\ntwo");
    EXPECT_EQ(content(base / "a.txt"), "one\ntwo");
}

TEST_P(file_area_content, any_byte_is_kept)
{
    std::string bytes;
    for (int i = 0; i != 70'000; ++i)
        bytes += static_cast<char>(i);
    area.write("a.bin", bytes);
    EXPECT_EQ(area.read("a.bin"), bytes);
}

TEST_P(file_area_content, an_empty_file_is_read_as_empty)
{
    area.write("empty", "");
    EXPECT_EQ(area.read("empty"), "");
}

TEST_P(file_area_content, writing_replaces_a_longer_file)
{
    area.write("a.txt", "a long text");
    area.write("a.txt", "short");
    EXPECT_EQ(area.read("a.txt"), "short");
}

TEST_P(file_area_content, writing_leaves_nothing_else_behind)
{
    area.write("a.txt", "one");
    area.write("a.txt", "two");
    EXPECT_EQ(entries(base), 1U);
}

TEST_P(file_area_content, a_replaced_file_keeps_its_permissions)
{
    area.write("a.txt", "one");
    fs::permissions(base / "a.txt", fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read);
    area.write("a.txt", "two");
    EXPECT_EQ(fs::status(base / "a.txt").permissions(),
              fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read);
}

TEST_P(file_area_content, a_reader_sees_the_old_or_the_new_content_and_nothing_between)
{
    const std::string old_text(100'000, 'a');
    const std::string new_text(50'000, 'b');
    area.write("a.txt", old_text);
    std::atomic<bool> stop{false};
    std::atomic<int> torn{0};
    std::thread reader{[&] {
        while (!stop) {
            const std::string seen = area.read("a.txt");
            if (seen != old_text && seen != new_text)
                ++torn;
        }
    }};
    for (int i = 0; i != 30; ++i) {
        area.write("a.txt", new_text);
        area.write("a.txt", old_text);
    }
    stop = true;
    reader.join();
    EXPECT_EQ(torn, 0);
}

TEST_P(file_area_content, a_write_that_fails_leaves_the_old_content_and_no_rest)
{
    fs::create_directory(base / "taken");
    EXPECT_EQ(refused([&] { area.write("taken", "text"); }), filesystem_errc::not_a_file);
    EXPECT_TRUE(fs::is_directory(base / "taken"));
    EXPECT_EQ(entries(base), 1U);
}

TEST_P(file_area_content, appending_makes_the_file_and_adds_to_its_end)
{
    area.append("log", "one\n");
    area.append("log", "two\n");
    EXPECT_EQ(area.read("log"), "one\ntwo\n");
}

TEST_P(file_area_content, threads_that_append_do_not_mix_their_lines)
{
    std::vector<std::thread> threads;
    for (char c = 'a'; c != 'e'; ++c)
        threads.emplace_back([&, c] {
            for (int i = 0; i != 50; ++i)
                area.append("log", std::string(64, c) + "\n");
        });
    for (std::thread& each : threads)
        each.join();
    const std::string text = area.read("log");
    ASSERT_EQ(text.size(), 200U * 65);
    for (std::size_t line = 0; line != 200; ++line)
        EXPECT_EQ(text.substr(line * 65, 64), std::string(64, text[line * 65]));
}

TEST_P(file_area_content, a_mapped_file_has_the_same_text)
{
    area.write("a.txt", "mapped");
    EXPECT_EQ(area.map("a.txt").text(), "mapped");
}

TEST_P(file_area_content, a_mapped_file_keeps_its_text_when_the_file_is_replaced)
{
    area.write("a.txt", "old");
    const auto mapped = area.map("a.txt");
    area.write("a.txt", "something new");
    EXPECT_EQ(mapped.text(), "old");
}

TEST_P(file_area_content, an_empty_file_can_be_mapped)
{
    area.write("empty", "");
    EXPECT_TRUE(area.map("empty").text().empty());
}

TEST_P(file_area_content, a_missing_file_is_not_found)
{
    EXPECT_EQ(refused([&] { static_cast<void>(area.read("missing")); }), filesystem_errc::not_found);
    EXPECT_EQ(refused([&] { static_cast<void>(area.map("missing")); }), filesystem_errc::not_found);
    EXPECT_EQ(refused([&] { static_cast<void>(area.size("missing")); }), filesystem_errc::not_found);
}

TEST_P(file_area_content, a_directory_is_not_read)
{
    fs::create_directory(base / "d");
    EXPECT_EQ(refused([&] { static_cast<void>(area.read("d")); }), filesystem_errc::not_a_file);
}

TEST_P(file_area_content, a_pipe_is_refused_without_waiting_for_its_other_end)
{
    ASSERT_EQ(mkfifo((base / "pipe").c_str(), 0600), 0);
    EXPECT_EQ(refused([&] { static_cast<void>(area.read("pipe")); }), filesystem_errc::not_a_file);
    EXPECT_EQ(refused([&] { area.append("pipe", "text"); }), filesystem_errc::not_a_file);
}

TEST_P(file_area_content, a_file_in_a_missing_directory_is_not_written)
{
    EXPECT_EQ(refused([&] { area.write("missing/a.txt", "text"); }), filesystem_errc::not_found);
}

} // namespace
